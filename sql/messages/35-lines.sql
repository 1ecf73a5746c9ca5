-- What the journal says of each message: one row a message, a dead letter's line under its original. `line_message_id` is the message that
-- a person decides on: its own where it has a line of its own, else that of its dead letter.
WITH line AS (
  SELECT
    COALESCE(dead_letter.original_id, journal.message_id) AS message_id, journal.data_sha256, journal.message_id AS line_message_id,
    dead_letter.original_id IS NULL AS is_own, journal.journaled_at, journal.outcome, journal.identity_key,
    -- The fingerprint, and those of its facts that no other column here tells, as they stand beside it; no id holds a line end.
    SHA256(TO_HEX(journal.fingerprint) || CHR(10) || journal.customer_id || CHR(10) || journal.merchant_id || CHR(10) || COALESCE(journal.original_transaction_id, CHR(10))) AS facts,
    journal.transaction_id, journal.kind, journal.currency, journal.amount, journal.effect_minor, journal.flags
  FROM payment_journal AS journal
  JOIN reconcile_exceptions AS exception ON exception.message_id = journal.message_id AND exception.data_sha256 = journal.data_sha256
  LEFT JOIN reconcile_dead_letters AS dead_letter ON dead_letter.dead_letter_id = journal.message_id AND dead_letter.data_sha256 = journal.data_sha256
  WHERE journal.journaled_at >= @journaled_from AND COALESCE(journal.dead_letter_published_at, journal.published_at, journal.journaled_at) >= @published_from
)
SELECT message_id, data_sha256, line_message_id, journaled_at, identity_key, facts, transaction_id, kind, currency, amount,
  amount AS greatest_amount, effect_minor, CASE WHEN outcome = 'recorded' THEN 1 ELSE 0 END AS is_recorded,
  CASE WHEN outcome = 'conflict' THEN 1 ELSE 0 END AS is_conflict, flags
FROM line
WHERE NOT EXISTS (SELECT 1 FROM reconcile_repeated AS repeated WHERE repeated.message_id = line.message_id AND repeated.data_sha256 = line.data_sha256)
UNION ALL
SELECT line.message_id, line.data_sha256, COALESCE(MIN(CASE WHEN is_own THEN line_message_id END), MIN(line_message_id)),
  MIN(journaled_at), MIN(identity_key), MIN(facts), MIN(transaction_id), MIN(kind), MIN(currency), MIN(amount),
  MAX(amount), MIN(effect_minor), MAX(CASE WHEN outcome = 'recorded' THEN 1 ELSE 0 END),
  -- Nothing but conflicts: no posting takes it before a person decides.
  MIN(CASE WHEN outcome = 'conflict' THEN 1 ELSE 0 END), MIN(flags)
FROM line
JOIN reconcile_repeated AS repeated ON repeated.message_id = line.message_id AND repeated.data_sha256 = line.data_sha256
GROUP BY line.message_id, line.data_sha256
