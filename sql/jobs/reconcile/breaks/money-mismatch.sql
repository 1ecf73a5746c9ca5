-- Money or identity in ledger or journal differs from what was published in that very message.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT message.transaction_id, posted.message_id, posted.currency, posted.amount, posted.posted_at AS since,
    CONCAT('Published as ', COALESCE(message.kind, 'nothing'), ' of ', COALESCE(CAST(message.amount AS STRING), 'unknown amount'), ' ', COALESCE(message.currency, ''),
      ', in the ledger as ', posted.kind, ' of ', CAST(posted.amount AS STRING), ' ', posted.currency,
      CASE WHEN posted.transaction_id = message.transaction_id THEN '.' ELSE ', under another transaction_id.' END) AS detail,
    CONCAT('ledger ', posted.message_id, ' ', TO_HEX(posted.data_sha256), ' ', posted.transaction_id) AS identified_by
  FROM reconcile_postings AS posted
  JOIN reconcile_messages AS message ON message.message_id = posted.message_id AND message.data_sha256 = posted.data_sha256 AND message.is_published
  WHERE message.amount IS NULL OR posted.amount <> message.amount OR posted.kind <> message.kind OR posted.currency <> message.currency
    OR posted.transaction_id <> message.transaction_id OR message.effect IS NULL OR posted.effect <> message.effect
    OR message.identity_key IS NULL OR posted.identity_key <> message.identity_key
  UNION ALL
  SELECT transaction_id, message_id, line_currency AS currency, line_amount AS amount, journaled_at AS since,
    CONCAT('Published as ', COALESCE(kind, 'nothing'), ' of ', COALESCE(CAST(amount AS STRING), 'unknown amount'), ' ', COALESCE(currency, ''),
      ', in the journal as ', COALESCE(line_kind, 'nothing'), ' of ', COALESCE(CAST(line_amount AS STRING), 'unknown amount'), ' ', COALESCE(line_currency, ''), '.') AS detail,
    CONCAT('journal ', message_id, ' ', TO_HEX(data_sha256)) AS identified_by
  FROM reconcile_messages
  WHERE is_published AND identity_key IS NOT NULL
    AND (amount IS NULL OR line_amount <> amount OR line_kind <> kind OR line_currency <> currency OR line_transaction_id <> transaction_id OR effect IS NULL OR line_effect <> effect)
)
