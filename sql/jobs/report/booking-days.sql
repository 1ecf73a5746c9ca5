-- Days that postings booked into, newest first. A day is over when a run with a later booking date has committed.
WITH days AS (
  SELECT booking_date, COUNT(*) AS runs, SUM(rows_posted) AS postings, MIN(run) AS first_run, MIN(posted_at) AS first_posted_at
  FROM posting_runs
  WHERE run <= @last_run
  GROUP BY booking_date
),
closed AS (
  SELECT booking_date, runs, postings,
    LEAD(first_run) OVER (ORDER BY booking_date) AS closed_by_run,
    LEAD(first_posted_at) OVER (ORDER BY booking_date) AS closed_at
  FROM days
)
SELECT booking_date, runs, postings, closed_by_run, closed_at, COUNT(*) OVER () AS days
FROM closed
WHERE booking_date BETWEEN @first_day AND @last_day
ORDER BY booking_date DESC
LIMIT @list_limit
