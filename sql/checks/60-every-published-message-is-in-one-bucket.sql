SELECT message_id, TO_HEX(data_sha256) AS data_sha256, COUNT(*) AS dispositions FROM message_dispositions GROUP BY message_id, data_sha256 HAVING COUNT(*) > 1
