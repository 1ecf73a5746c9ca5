-- A payment, or a message, that stands in the ledger more than once.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT MIN(posted.transaction_id) AS transaction_id, MIN(posted.message_id) AS message_id, MIN(posted.currency) AS currency, MIN(posted.amount) AS amount, MAX(posted.posted_at) AS since,
    CONCAT('In the ledger ', CAST(COUNT(*) AS STRING), ' times.') AS detail, TO_HEX(posted.identity_key) AS identified_by
  FROM reconcile_identities AS twice
  JOIN payment_transactions AS posted ON posted.identity_key = twice.identity_key
  WHERE twice.postings > 1 AND posted.booking_date >= @doubles_booked_from
  GROUP BY posted.identity_key
  UNION ALL
  SELECT MIN(posted.transaction_id) AS transaction_id, posted.message_id, MIN(posted.currency) AS currency, MIN(posted.amount) AS amount, MAX(posted.posted_at) AS since,
    CONCAT('One message was posted ', CAST(COUNT(*) AS STRING), ' times, as different payments.') AS detail, CONCAT(posted.message_id, ' ', TO_HEX(posted.data_sha256)) AS identified_by
  FROM reconcile_messages_posted_twice AS twice
  JOIN reconcile_postings AS posted ON posted.message_id = twice.message_id AND posted.data_sha256 = twice.data_sha256
  GROUP BY posted.message_id, posted.data_sha256
  HAVING COUNT(DISTINCT posted.identity_key) > 1
  UNION ALL
  SELECT posted.transaction_id, MIN(posted.message_id) AS message_id, MIN(posted.currency) AS currency, MIN(posted.amount) AS amount, MAX(posted.posted_at) AS since,
    CONCAT('This transaction_id is in the ledger ', CAST(COUNT(*) AS STRING), ' times, under different keys.') AS detail, posted.transaction_id AS identified_by
  FROM reconcile_transactions_posted_twice AS twice
  JOIN reconcile_postings AS posted ON posted.transaction_id = twice.transaction_id
  WHERE @transaction_id_is_identity
  GROUP BY posted.transaction_id
  HAVING COUNT(DISTINCT posted.identity_key) > 1
)
