-- Posting runs, newest first.
SELECT run, kind, from_time, cut, booking_date, posted_at, rows_posted, COUNT(*) OVER () AS runs
FROM posting_runs
WHERE booking_date BETWEEN @first_day AND @last_day AND run <= @last_run
ORDER BY run DESC
LIMIT @list_limit
