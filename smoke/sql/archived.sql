-- These messages in the raw archive, by id and bytes. A message may stand there twice.
SELECT DISTINCT message_id, TO_HEX(data_sha256) AS data_sha256
FROM archived_messages
WHERE published_at >= @published_from AND STRPOS(@message_ids, CONCAT(' ', message_id, ' ')) > 0
