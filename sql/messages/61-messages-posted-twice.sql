SELECT message_id, data_sha256 FROM reconcile_postings GROUP BY message_id, data_sha256 HAVING COUNT(*) > 1
