SELECT transaction_id, message_id, data_sha256, kind, amount, effect_minor, currency, event_time, booking_date, posted_at, posting_run, outcome
FROM payment_transactions
WHERE transaction_id IN (@id, @transaction_id) OR message_id = @id
ORDER BY posting_run, transaction_id, message_id, data_sha256
