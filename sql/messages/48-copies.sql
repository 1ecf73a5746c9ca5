-- Of the unposted, those whose payment was posted from another message, with which money facts and as which kind.
SELECT unposted.message_id, unposted.data_sha256, MIN(SHA256(TO_HEX(posted.fingerprint) || CHR(10) || posted.customer_id || CHR(10) || posted.merchant_id || CHR(10) || COALESCE(posted.original_transaction_id, CHR(10)))) AS posted_facts,
  MIN(posted.kind) AS first_posted_kind, MAX(posted.kind) AS last_posted_kind
FROM reconcile_unposted AS unposted
JOIN payment_transactions AS posted ON posted.identity_key = unposted.identity_key
WHERE posted.booking_date >= @copies_booked_from
GROUP BY unposted.message_id, unposted.data_sha256
