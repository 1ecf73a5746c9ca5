SELECT message_id, TO_HEX(data_sha256) AS data_sha256, COUNT(*) AS postings FROM payment_transactions GROUP BY message_id, data_sha256 HAVING COUNT(*) > 1
