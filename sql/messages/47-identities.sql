-- Payments that stand in the ledger more than once, and those whose other copies are not posted, with the first day that they were
-- booked in. The one look at the whole ledger, whatever the span: the key and the day of every row.
SELECT identity_key, COUNT(*) AS postings, MIN(booking_date) AS first_booked
FROM payment_transactions
GROUP BY identity_key
HAVING COUNT(*) > 1 OR identity_key IN (SELECT identity_key FROM reconcile_unposted)
