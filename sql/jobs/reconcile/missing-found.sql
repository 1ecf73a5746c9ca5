SELECT message_id, data, attributes, published_at, dead_letter_published_at FROM reconcile_missing ORDER BY published_at, message_id, data_sha256
