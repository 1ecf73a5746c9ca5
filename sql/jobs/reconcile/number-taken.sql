-- The number that a try holds, and the last posting run that it compares with. Nothing where another took one since, or where there is not one head.
SELECT reconciliation, (SELECT COALESCE(MAX(run), 0) FROM posting_runs) AS posting_run
FROM reconciliation_head
WHERE attempt = @attempt AND (SELECT COUNT(*) FROM reconciliation_head) = 1
