-- Ledger rows that no smoke test published.
SELECT COUNT(*) AS ledger_rows FROM payment_transactions WHERE NOT STARTS_WITH(transaction_id, @prefix)
