SELECT COUNT(*) AS heads, MAX(run) AS head_run
FROM posting_head
HAVING COUNT(*) <> 1 OR MAX(run) <> (SELECT COALESCE(MAX(run), 0) FROM posting_runs)
