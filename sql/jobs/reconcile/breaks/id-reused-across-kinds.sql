-- One transaction_id for movements of different kinds: a refund needs an id of its own.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT message.transaction_id, message.message_id, message.line_currency AS currency, message.line_amount AS amount, COALESCE(message.published_at, message.journaled_at) AS since,
    CONCAT('This ', message.line_kind, ' carries the transaction_id of a ', CASE WHEN posted.first_posted_kind <> message.line_kind THEN posted.first_posted_kind ELSE posted.last_posted_kind END, '.') AS detail,
    CONCAT(message.message_id, ' ', TO_HEX(message.data_sha256)) AS identified_by
  FROM reconcile_messages AS message
  JOIN reconcile_copies AS posted ON posted.message_id = message.message_id AND posted.data_sha256 = message.data_sha256
  WHERE message.disposition = 'conflict' AND (posted.first_posted_kind <> message.line_kind OR posted.last_posted_kind <> message.line_kind)
)
