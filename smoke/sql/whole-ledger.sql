-- The whole ledger: rows, and what there should be as many of.
SELECT COUNT(*) AS ledger_rows, COUNT(DISTINCT identity_key) AS identities, COUNT(DISTINCT transaction_id) AS transaction_ids FROM payment_transactions
