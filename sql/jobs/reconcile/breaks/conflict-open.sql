-- A copy with other money facts, or a payment whose claim is held by such a copy, that nobody has decided on.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT transaction_id, message_id, line_currency AS currency, line_amount AS amount, COALESCE(published_at, journaled_at) AS since,
    CASE disposition WHEN 'conflict' THEN 'The payment is in the ledger with other money facts.' ELSE 'Its claim is held by a message with other money facts that never came: it waits for a decision.' END AS detail,
    CONCAT(message_id, ' ', TO_HEX(data_sha256)) AS identified_by
  FROM reconcile_messages
  WHERE decision IS NULL AND (disposition = 'conflict' OR (disposition = 'pending' AND is_conflict = 1))
)
