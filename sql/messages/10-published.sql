-- The archive, read once: a row for each message as published. The same id with the same data again is a redelivery, counted once.
SELECT
  message_id, data_sha256, MIN(source) AS source, MIN(line_number) AS line_number, MIN(published_at) AS published_at, MIN(dead_letter_published_at) AS dead_letter_published_at,
  MIN(transaction_id) AS transaction_id, MIN(kind) AS kind, MIN(currency) AS currency, MIN(amount) AS amount, MIN(effect) AS effect
FROM published_payments
GROUP BY message_id, data_sha256
