-- One message id with different data: ids of messages must be unique.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT MIN(transaction_id) AS transaction_id, message_id, CAST(NULL AS STRING) AS currency, CAST(NULL AS NUMERIC(38,9)) AS amount, MIN(COALESCE(published_at, journaled_at)) AS since,
    CONCAT('This message id was used for ', CAST(COUNT(*) AS STRING), ' different messages.') AS detail, message_id AS identified_by
  FROM reconcile_messages
  WHERE message_id IN (SELECT message_id FROM reconcile_messages GROUP BY message_id HAVING COUNT(*) > 1)
  GROUP BY message_id
)
