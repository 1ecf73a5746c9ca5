-- As published: every archived message with this id, or that speaks of this payment, in the order of the source.
SELECT source, line_number, message_id, data_sha256, published_at, dead_letter_published_at,
  JSON_VALUE(SAFE_CONVERT_BYTES_TO_STRING(data), '$.transaction_id') AS transaction_id
FROM archived_messages
WHERE message_id = @id OR message_id = @owner
  OR JSON_VALUE(SAFE_CONVERT_BYTES_TO_STRING(data), '$.transaction_id') IN (@id, @transaction_id)
ORDER BY published_at, source, line_number
LIMIT 1000
