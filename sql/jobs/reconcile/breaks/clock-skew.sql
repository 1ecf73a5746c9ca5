-- A time further ahead of our clock than is allowed.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT transaction_id, message_id, line_currency AS currency, line_amount AS amount, journaled_at AS since,
    'Its event time or publish time lies ahead of our clock.' AS detail, CONCAT(message_id, ' ', TO_HEX(data_sha256)) AS identified_by
  FROM reconcile_messages
  WHERE CONCAT(',', flags, ',') LIKE '%,clock_skew,%'
)
