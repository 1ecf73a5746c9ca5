-- A valid message that should have been posted long ago.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT transaction_id, message_id, COALESCE(line_currency, currency) AS currency, COALESCE(line_amount, amount) AS amount, COALESCE(journaled_at, published_at) AS since,
    'Valid, but not posted, and past the grace of late owners.' AS detail, CONCAT(message_id, ' ', TO_HEX(data_sha256)) AS identified_by
  FROM reconcile_messages
  WHERE disposition = 'pending' AND journaled_at < @overdue_before AND NOT (is_conflict = 1 AND decision IS NULL)
)
