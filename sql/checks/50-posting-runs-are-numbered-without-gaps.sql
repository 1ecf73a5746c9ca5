SELECT COUNT(*) AS runs, MIN(run) AS first_run, MAX(run) AS last_run, COUNT(DISTINCT run) AS numbers
FROM posting_runs
HAVING COUNT(*) > 0 AND (MIN(run) <> 1 OR MAX(run) <> COUNT(*) OR COUNT(DISTINCT run) <> COUNT(*))
