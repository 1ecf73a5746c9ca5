-- What became of these messages.
SELECT message_id, TO_HEX(data_sha256) AS data_sha256, disposition FROM message_dispositions WHERE STRPOS(@message_ids, CONCAT(' ', message_id, ' ')) > 0
