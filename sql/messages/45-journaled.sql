-- Journal and ledger by message: what was decided on it, and whether the ledger names it.
SELECT
  COALESCE(line.message_id, named.message_id) AS message_id, COALESCE(line.data_sha256, named.data_sha256) AS data_sha256,
  line.line_message_id, line.journaled_at, line.identity_key, line.facts, line.transaction_id, line.kind, line.currency,
  line.amount, line.greatest_amount, line.effect_minor, line.flags, line.is_recorded, line.is_conflict,
  named.message_id IS NOT NULL AS names_it, named.posted_at
FROM reconcile_lines AS line
FULL JOIN reconcile_named AS named ON named.message_id = line.message_id AND named.data_sha256 = line.data_sha256
