-- Money or identity in ledger or journal differs from what was published in that very message.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  -- A part at a time: every posting against every message at once ran out of memory at ten million.
  WITH postings_of_part AS (
    SELECT message_id, data_sha256, named_message_id, transaction_id, identity_key, facts, kind, currency, amount, amount_minor, effect, effect_minor, posted_at, journaled_at
    FROM reconcile_postings
    JOIN reconcile_bounds AS bounds ON SUBSTR(TO_HEX(data_sha256), 1, 2) BETWEEN bounds.first_digits AND bounds.last_digits
  ),
  messages_of_part AS (
    SELECT message_id, data_sha256, is_published, is_id_published, transaction_id, kind, currency, amount, effect, identity_key, facts, line_transaction_id, line_kind, line_currency, line_amount, greatest_line_amount, line_effect, line_effect_minor, journaled_at
    FROM reconcile_messages
    JOIN reconcile_bounds AS bounds ON SUBSTR(TO_HEX(data_sha256), 1, 2) BETWEEN bounds.first_digits AND bounds.last_digits
  ),
  compared AS (
    SELECT message.transaction_id, posted.message_id, posted.data_sha256, posted.named_message_id, posted.transaction_id AS posted_transaction_id, posted.currency, posted.amount, posted.posted_at, posted.journaled_at,
      CASE
        WHEN message.identity_key IS NULL THEN 'In the ledger, though no journal line holds a payment of this message.'
        WHEN NOT message.is_id_published OR posted.transaction_id <> message.transaction_id OR posted.identity_key <> message.identity_key THEN 'In the ledger under another transaction_id or key than it was published with.'
        WHEN message.effect IS NULL OR posted.effect <> message.effect OR posted.kind <> message.kind OR message.currency IS NULL OR posted.currency <> message.currency THEN
          CONCAT('Published as ', COALESCE(message.kind, 'nothing'), ' of ', COALESCE(CAST(message.amount AS STRING), 'unknown amount'), ' ', COALESCE(message.currency, ''),
            ', in the ledger as ', posted.kind, ' of ', CAST(posted.amount AS STRING), ' ', posted.currency, CASE WHEN posted.effect < 0 THEN ', taken away.' ELSE '.' END)
        WHEN posted.amount_minor <> ABS(CAST(message.line_effect_minor AS NUMERIC(38,9))) OR posted.effect_minor <> message.line_effect_minor THEN
          CONCAT('The journal has an effect of ', CAST(message.line_effect_minor AS STRING), ' minor units, the ledger one of ', CAST(posted.effect_minor AS STRING), ' and an amount of ', CAST(posted.amount_minor AS STRING), '.')
        WHEN posted.facts <> message.facts THEN 'The ledger has another customer, merchant, original or fingerprint than the journal.'
        -- Mostly the first line of its message counts; else it must be another one of them.
        WHEN posted.journaled_at <> message.journaled_at THEN 'The ledger row does not name the journal line that it was posted from.'
      END AS detail,
      posted.journaled_at <> message.journaled_at AS is_other_line
    FROM postings_of_part AS posted
    JOIN messages_of_part AS message ON message.message_id = posted.message_id AND message.data_sha256 = posted.data_sha256 AND message.is_published
  ),
  differing AS (SELECT * FROM compared WHERE detail IS NOT NULL),
  other_lines AS (
    SELECT DISTINCT line.journaled_at, line.message_id, line.data_sha256
    FROM payment_journal AS line
    JOIN differing ON differing.is_other_line AND differing.journaled_at = line.journaled_at AND differing.named_message_id = line.message_id AND differing.data_sha256 = line.data_sha256
    WHERE line.journaled_at >= @journaled_from
  )
  SELECT DISTINCT differing.transaction_id, differing.message_id, differing.currency, differing.amount, differing.posted_at AS since, differing.detail,
    CONCAT('ledger ', differing.message_id, ' ', TO_HEX(differing.data_sha256), ' ', differing.posted_transaction_id) AS identified_by
  FROM differing
  LEFT JOIN other_lines ON other_lines.journaled_at = differing.journaled_at AND other_lines.message_id = differing.named_message_id AND other_lines.data_sha256 = differing.data_sha256
  WHERE other_lines.message_id IS NULL OR differing.detail <> 'The ledger row does not name the journal line that it was posted from.'
  UNION ALL
  SELECT transaction_id, message_id, line_currency AS currency, line_amount AS amount, journaled_at AS since,
    CONCAT('Published as ', COALESCE(kind, 'nothing'), ' of ', COALESCE(CAST(amount AS STRING), 'unknown amount'), ' ', COALESCE(currency, ''),
      ', in the journal as ', COALESCE(line_kind, 'nothing'), ' of ', COALESCE(CASE WHEN line_amount <> amount THEN CAST(line_amount AS STRING) ELSE CAST(greatest_line_amount AS STRING) END, 'unknown amount'), ' ', COALESCE(line_currency, ''),
      CASE WHEN is_id_published AND line_transaction_id = transaction_id THEN '.' ELSE ', under another transaction_id.' END) AS detail,
    CONCAT('journal ', message_id, ' ', TO_HEX(data_sha256)) AS identified_by
  FROM messages_of_part
  WHERE is_published AND identity_key IS NOT NULL
    AND (effect IS NULL OR line_effect <> effect OR greatest_line_amount <> amount OR line_kind <> kind OR currency IS NULL OR line_currency <> currency
      OR NOT is_id_published OR line_transaction_id <> transaction_id)
)
