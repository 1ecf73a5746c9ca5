-- The messages that did not match, each once.
SELECT message_id, data_sha256 FROM reconcile_compared WHERE NOT is_matched
