SELECT COUNT(*) AS messages FROM reconcile_archived
