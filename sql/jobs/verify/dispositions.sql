SELECT message_id, data_sha256, disposition, is_published FROM reconcile_messages
