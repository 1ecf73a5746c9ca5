-- Postings that were committed since a run: each number and each attempt once.
SELECT COUNT(*) AS runs, COUNT(DISTINCT run) AS numbers, COUNT(DISTINCT attempt) AS attempts, COALESCE(MAX(run), 0) AS last_run, COALESCE(SUM(rows_posted), 0) AS rows_posted
FROM posting_runs
WHERE run > @run
