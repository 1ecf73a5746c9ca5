-- This run's rows of the ledger.
SELECT transaction_id, message_id, kind, amount_minor, effect_minor, currency, original_transaction_id, customer_id, merchant_id, outcome, posting_run
FROM payment_transactions
WHERE booking_date >= @booked_from AND STARTS_WITH(transaction_id, @prefix)
