SELECT identity_key FROM reconcile_postings GROUP BY identity_key HAVING COUNT(*) > 1
