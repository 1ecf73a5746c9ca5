-- A payment, or a message, that stands in the ledger more than once.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT MIN(transaction_id) AS transaction_id, MIN(message_id) AS message_id, MIN(currency) AS currency, MIN(amount) AS amount, MAX(posted_at) AS since,
    CONCAT('In the ledger ', CAST(COUNT(*) AS STRING), ' times.') AS detail, TO_HEX(identity_key) AS identified_by
  FROM reconcile_postings
  GROUP BY identity_key
  HAVING COUNT(*) > 1
  UNION ALL
  SELECT MIN(transaction_id) AS transaction_id, message_id, MIN(currency) AS currency, MIN(amount) AS amount, MAX(posted_at) AS since,
    CONCAT('One message was posted ', CAST(COUNT(*) AS STRING), ' times, as different payments.') AS detail, CONCAT(message_id, ' ', TO_HEX(data_sha256)) AS identified_by
  FROM reconcile_postings
  GROUP BY message_id, data_sha256
  HAVING COUNT(*) > 1 AND COUNT(DISTINCT identity_key) > 1
  UNION ALL
  SELECT transaction_id, MIN(message_id) AS message_id, MIN(currency) AS currency, MIN(amount) AS amount, MAX(posted_at) AS since,
    CONCAT('This transaction_id is in the ledger ', CAST(COUNT(*) AS STRING), ' times, under different keys.') AS detail, transaction_id AS identified_by
  FROM reconcile_postings
  WHERE @transaction_id_is_identity
  GROUP BY transaction_id
  HAVING COUNT(*) > 1 AND COUNT(DISTINCT identity_key) > 1
)
