-- None in two, and none in no bucket; a dead letter may stand under its original.
SELECT message_id, TO_HEX(data_sha256) AS data_sha256, SUM(buckets) AS dispositions
FROM (
  SELECT message_id, data_sha256, 1 AS buckets FROM message_dispositions WHERE disposition IS NOT NULL
  UNION ALL
  SELECT DISTINCT message_id, data_sha256, 0 AS buckets FROM archived_messages WHERE dead_letter_published_at IS NULL
)
GROUP BY message_id, data_sha256
HAVING SUM(buckets) <> 1
