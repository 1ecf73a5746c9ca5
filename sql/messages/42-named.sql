-- The messages that ledger rows name, each once.
SELECT message_id, data_sha256, MIN(posted_at) AS posted_at
FROM reconcile_postings
GROUP BY message_id, data_sha256
