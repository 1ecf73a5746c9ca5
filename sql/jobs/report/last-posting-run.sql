-- The last committed posting run, and how many came after the one that the proof compares with.
SELECT COALESCE(MAX(run), 0) AS run, COUNT(CASE WHEN run > @proven_run THEN run END) AS runs_since
FROM posting_runs
