-- As published: every archived message with this id, or that speaks of this payment, in the order of the source.
SELECT source, line_number, message_id, data_sha256, published_at, dead_letter_published_at, transaction_id
FROM (
  SELECT source, line_number, message_id, data_sha256, published_at, dead_letter_published_at, JSON_VALUE(SAFE.PARSE_JSON(text, wide_number_mode => 'round'), '$.transaction_id') AS transaction_id
  FROM (
    SELECT source, line_number, message_id, data_sha256, published_at, dead_letter_published_at,
      CASE WHEN SAFE_CAST(data AS STRING) IS NOT NULL THEN SAFE_CONVERT_BYTES_TO_STRING(data) END AS text
    FROM archived_messages
  )
)
WHERE message_id = @id OR message_id = @owner OR transaction_id IN (@id, @transaction_id)
ORDER BY published_at, source, line_number, message_id
LIMIT 1000
