SELECT transaction_id FROM reconcile_postings GROUP BY transaction_id HAVING COUNT(*) > 1
