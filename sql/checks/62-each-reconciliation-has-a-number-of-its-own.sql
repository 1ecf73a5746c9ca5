SELECT reconciliation, COUNT(*) AS runs
FROM reconciliation_runs
GROUP BY reconciliation
HAVING COUNT(*) > 1
