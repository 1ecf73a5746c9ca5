-- A ledger row that no published message stands behind.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT DISTINCT posted.transaction_id, posted.message_id, posted.currency, posted.amount, posted.posted_at AS since,
    'In the ledger, but the raw archive holds no message that it could come from.' AS detail,
    CONCAT(posted.message_id, ' ', TO_HEX(posted.data_sha256), ' ', posted.transaction_id) AS identified_by
  FROM reconcile_postings AS posted
  LEFT JOIN reconcile_messages AS message ON message.message_id = posted.message_id AND message.data_sha256 = posted.data_sha256 AND message.is_published
  WHERE message.message_id IS NULL
)
