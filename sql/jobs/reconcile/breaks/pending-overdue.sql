-- A valid message that should have been posted long ago.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT transaction_id, message_id, line_currency AS currency, line_amount AS amount, since,
    'Valid, but not posted, and past the grace of late owners.' AS detail, CONCAT(message_id, ' ', TO_HEX(data_sha256)) AS identified_by
  FROM (
    -- A conflict is not due before a person decides to post it.
    SELECT message_id, data_sha256, transaction_id, line_currency, line_amount, CASE WHEN is_conflict = 1 THEN decided_at ELSE journaled_at END AS since
    FROM reconcile_messages
    WHERE disposition = 'pending'
  )
  WHERE since < @overdue_before
)
