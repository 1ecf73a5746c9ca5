-- A duplicate that was posted because the message that owned its claim never came.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT transaction_id, message_id, currency, amount, posted_at AS since,
    'The message that owned the claim never came; this copy counts in its place.' AS detail, CONCAT(message_id, ' ', TO_HEX(data_sha256)) AS identified_by
  FROM reconcile_postings
  WHERE outcome = 'duplicate'
)
