SELECT counted.run, counted.rows_posted, COUNT(posted.posting_run) AS ledger_rows
FROM posting_runs AS counted
LEFT JOIN payment_transactions AS posted ON posted.posting_run = counted.run AND posted.booking_date = counted.booking_date
GROUP BY counted.run, counted.rows_posted
HAVING counted.rows_posted <> COUNT(posted.posting_run)
