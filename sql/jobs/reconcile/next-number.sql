SELECT COALESCE(MAX(reconciliation), 0) + 1 AS reconciliation, (SELECT COALESCE(MAX(run), 0) FROM posting_runs) AS posting_run FROM reconciliation_runs
