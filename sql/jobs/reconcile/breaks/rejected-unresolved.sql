-- A rejected message that nobody has decided on. Its amount is unknown where it can't be read, never zero.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT transaction_id, line_message_id AS message_id, currency, amount, journaled_at AS since,
    'Rejected: it is not in the ledger.' AS detail, CONCAT(message_id, ' ', TO_HEX(data_sha256)) AS identified_by
  FROM reconcile_messages
  WHERE disposition = 'rejected' AND decision IS NULL
)
