-- A copy with other money facts, or a payment whose claim is held by such a copy, that nobody has decided on.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT message.transaction_id, message.line_message_id AS message_id, message.line_currency AS currency, message.line_amount AS amount, message.journaled_at AS since,
    CASE
      WHEN message.disposition = 'conflict' AND message.decision = 'decided_post' THEN 'It was to be posted, but another message of the payment, with other money facts, came before it.'
      WHEN message.disposition = 'conflict' THEN 'The payment is in the ledger with other money facts.'
      WHEN EXISTS (SELECT 1 FROM reconcile_messages AS other WHERE other.identity_key = message.identity_key AND other.disposition = 'pending' AND other.is_conflict = 0) THEN 'Another message of the payment, with other money facts, is about to be posted.'
      ELSE 'Its claim is held by a message with other money facts that never came: it waits for a decision.'
    END AS detail,
    CONCAT(message.message_id, ' ', TO_HEX(message.data_sha256)) AS identified_by
  FROM reconcile_messages AS message
  WHERE (message.disposition = 'conflict' AND COALESCE(message.decision, '') <> 'decided_reject')
    OR (message.disposition = 'pending' AND message.is_conflict = 1 AND message.decision IS NULL)
)
