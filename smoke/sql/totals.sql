-- Control totals of this run's payments.
SELECT currency, kind, COUNT(*) AS postings, SUM(CAST(amount_minor AS NUMERIC(38,9))) AS gross_minor, SUM(CAST(effect_minor AS NUMERIC(38,9))) AS net_minor
FROM payment_transactions
WHERE booking_date >= @booked_from AND STARTS_WITH(transaction_id, @prefix)
GROUP BY currency, kind
