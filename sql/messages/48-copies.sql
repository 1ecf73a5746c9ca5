-- Of the unposted, those whose payment was posted from another message, and with which money facts.
SELECT unposted.message_id, unposted.data_sha256, MIN(posted.fingerprint) AS posted_fingerprint
FROM reconcile_unposted AS unposted
JOIN payment_transactions AS posted ON posted.identity_key = unposted.identity_key
WHERE posted.booking_date >= @copies_booked_from
GROUP BY unposted.message_id, unposted.data_sha256
