-- The archive, read once: a row for each message as it was delivered, from the first publish time that is looked at.
SELECT message_id, data_sha256, source, line_number, published_at, dead_letter_published_at, transaction_id, kind, currency, amount, effect
FROM published_payments
WHERE published_at IS NULL
  OR (published_at >= @published_from AND (dead_letter_published_at IS NULL OR dead_letter_published_at >= @published_from))
