-- The run that closed a day in which nothing was booked: the first one with a later booking date.
SELECT run, posted_at
FROM posting_runs
WHERE booking_date > @last_day AND run <= @last_run
ORDER BY run
LIMIT 1
