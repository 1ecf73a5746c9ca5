-- The last run of a job that was done: what the next one's limit on bytes billed is reckoned from.
SELECT recorded_at, span_micros, bytes_billed
FROM job_runs
WHERE job = @job
ORDER BY recorded_at DESC
LIMIT 1
