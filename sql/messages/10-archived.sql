-- The archive, read once: a row for each message as it was delivered.
SELECT message_id, data_sha256, source, line_number, published_at, dead_letter_published_at, transaction_id, kind, currency, amount, effect
FROM published_payments
