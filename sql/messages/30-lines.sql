-- What the journal says of each message: one row a message, a dead letter's line under its original.
SELECT
  COALESCE(dead_letter.original_id, line.message_id) AS message_id, line.data_sha256,
  -- The message that a person decides on: its own where it has a line of its own, else that of its dead letter.
  MIN(CASE WHEN dead_letter.original_id IS NULL THEN line.message_id END) AS own_line_id, MIN(line.message_id) AS any_line_id,
  MIN(line.journaled_at) AS journaled_at, MIN(line.identity_key) AS identity_key, MIN(line.fingerprint) AS fingerprint,
  MIN(line.transaction_id) AS transaction_id, MIN(line.kind) AS kind, MIN(line.currency) AS currency,
  MIN(line.amount) AS amount, MAX(line.amount) AS greatest_amount, MIN(line.effect_minor) AS effect_minor,
  MAX(CASE WHEN line.outcome = 'recorded' THEN 1 ELSE 0 END) AS is_recorded,
  -- Nothing but conflicts: no posting takes it before a person decides.
  MIN(CASE WHEN line.outcome = 'conflict' THEN 1 ELSE 0 END) AS is_conflict,
  MIN(line.flags) AS flags
FROM payment_journal AS line
LEFT JOIN reconcile_dead_letters AS dead_letter ON dead_letter.dead_letter_id = line.message_id AND dead_letter.data_sha256 = line.data_sha256
GROUP BY 1, 2
