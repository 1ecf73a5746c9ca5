SELECT currency, kind, event_date, COUNT(*) AS postings, SUM(CAST(amount_minor AS NUMERIC(38,9))) AS gross_minor, SUM(CAST(effect_minor AS NUMERIC(38,9))) AS net_minor
FROM payment_transactions
GROUP BY currency, kind, event_date
ORDER BY currency, kind, event_date
