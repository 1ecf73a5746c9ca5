-- Control totals of the run, by currency and kind.
INSERT INTO posting_totals (run, booking_date, currency, kind, postings, gross_minor, net_minor)
SELECT head.run, head.booking_date, posted.currency, posted.kind, COUNT(*),
  SUM(CAST(posted.amount_minor AS NUMERIC(38,9))), SUM(CAST(posted.effect_minor AS NUMERIC(38,9)))
FROM payment_transactions AS posted
JOIN posting_head AS head
  ON posted.posting_run = head.run AND posted.booking_date = head.booking_date
  AND head.attempt = @attempt
WHERE posted.booking_date >= @today AND (SELECT COUNT(*) FROM posting_head) = 1
GROUP BY head.run, head.booking_date, posted.currency, posted.kind
