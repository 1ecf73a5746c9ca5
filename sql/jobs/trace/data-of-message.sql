-- The bytes of one message, as published.
SELECT data
FROM archived_messages
WHERE message_id = @message_id AND data_sha256 = @data_sha256
LIMIT 1
