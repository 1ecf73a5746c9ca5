-- The run itself: a try has posted if, and only if, its row can be read back. The head's day is never before @today, a constant, so that
-- BigQuery reads that day alone.
INSERT INTO posting_runs (run, attempt, kind, from_time, cut, booking_date, posted_at, rows_posted)
SELECT head.run, head.attempt, @kind, @from_time, @cut, head.booking_date, @posted_at,
  (SELECT COUNT(*) FROM payment_transactions AS posted
   JOIN posting_head AS holder ON posted.posting_run = holder.run AND posted.booking_date = holder.booking_date
   WHERE posted.booking_date >= @today)
FROM posting_head AS head
WHERE head.attempt = @attempt AND (SELECT COUNT(*) FROM posting_head) = 1
