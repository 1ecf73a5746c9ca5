SELECT run.run, run.rows_posted, COUNT(posted.posting_run) AS ledger_rows
FROM posting_runs AS run
LEFT JOIN payment_transactions AS posted ON posted.posting_run = run.run AND posted.booking_date = run.booking_date
GROUP BY run.run, run.rows_posted
HAVING run.rows_posted <> COUNT(posted.posting_run)
