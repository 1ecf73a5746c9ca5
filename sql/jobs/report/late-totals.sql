-- Payments that came after the watermark, by currency.
SELECT currency, COUNT(*) AS payments, SUM(amount) AS gross,
  SUM(CASE WHEN effect_minor < 0 THEN -amount ELSE amount END) AS net
FROM payment_transactions
WHERE booking_date BETWEEN @first_day AND @last_day AND posting_run <= @last_run AND outcome = 'late'
GROUP BY currency
ORDER BY currency
