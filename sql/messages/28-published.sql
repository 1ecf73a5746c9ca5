-- A row for each message as published: the same id with the same data again is a redelivery, counted once. Only what came more than
-- once is sorted: all of it would not fit into memory.
WITH archived AS (
  SELECT archived.message_id, archived.data_sha256, source, line_number, published_at, dead_letter_published_at, transaction_id, kind, currency, amount, effect
  FROM reconcile_archived AS archived
  JOIN reconcile_exceptions AS exception ON exception.message_id = archived.message_id AND exception.data_sha256 = archived.data_sha256
),
redelivered AS (
  SELECT message_id, data_sha256 FROM archived GROUP BY message_id, data_sha256 HAVING COUNT(*) > 1
)
SELECT message_id, data_sha256, source, line_number, published_at, dead_letter_published_at, transaction_id, kind, currency, amount, effect
FROM archived
WHERE NOT EXISTS (SELECT 1 FROM redelivered WHERE redelivered.message_id = archived.message_id AND redelivered.data_sha256 = archived.data_sha256)
UNION ALL
SELECT message_id, data_sha256, source, line_number, published_at, dead_letter_published_at, transaction_id, kind, currency, amount, effect
FROM (
  SELECT archived.message_id, archived.data_sha256, source, line_number, published_at, dead_letter_published_at, transaction_id, kind, currency, amount, effect,
    ROW_NUMBER() OVER (PARTITION BY archived.message_id, archived.data_sha256 ORDER BY source, line_number, published_at) AS delivery
  FROM archived
  JOIN redelivered ON redelivered.message_id = archived.message_id AND redelivered.data_sha256 = archived.data_sha256
)
WHERE delivery = 1
