SELECT COUNT(*) AS heads, MAX(reconciliation) AS head_reconciliation
FROM reconciliation_head
HAVING COUNT(*) <> 1 OR MAX(reconciliation) < (SELECT COALESCE(MAX(reconciliation), 0) FROM reconciliation_runs)
