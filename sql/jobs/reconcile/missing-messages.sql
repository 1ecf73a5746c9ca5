-- Those missing messages as they were published, from the raw archive, each once; the oldest first, as many bytes as one run may publish.
WITH archived AS (
  SELECT archived.message_id, archived.data_sha256, archived.data, archived.attributes, archived.published_at, archived.dead_letter_published_at
  FROM archived_messages AS archived
  JOIN reconciliation_breaks AS missing ON missing.message_id = archived.message_id
  WHERE missing.reconciliation = @reconciliation AND missing.break_type = 'missing_message' AND STRPOS(@break_ids, missing.break_id) > 0
    AND missing.break_id = CONCAT('missing_message:', SUBSTR(TO_HEX(SHA256(CONCAT(archived.message_id, ' ', TO_HEX(archived.data_sha256)))), 1, 16))
    AND (archived.published_at IS NULL OR archived.published_at BETWEEN @published_from AND @published_to)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY archived.message_id, archived.data_sha256 ORDER BY archived.published_at) = 1
)
SELECT message_id, data_sha256, data, attributes, published_at, dead_letter_published_at
FROM (
  SELECT message_id, data_sha256, data, attributes, published_at, dead_letter_published_at,
    SUM(OCTET_LENGTH(data)) OVER (ORDER BY published_at, message_id, data_sha256 ROWS UNBOUNDED PRECEDING) - OCTET_LENGTH(data) AS bytes_before
  FROM archived
)
WHERE bytes_before < @most_bytes
