-- What the ledger holds, by currency and kind, for a span of booking dates up to one posting run.
SELECT currency, kind, COUNT(*) AS postings, SUM(amount) AS gross,
  SUM(CASE WHEN effect_minor < 0 THEN -amount ELSE amount END) AS net
FROM payment_transactions
WHERE booking_date BETWEEN @first_day AND @last_day AND posting_run <= @last_run
GROUP BY currency, kind
ORDER BY currency, kind
