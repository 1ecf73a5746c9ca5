-- The same part of what journal and ledger say.
SELECT journaled.message_id, journaled.data_sha256, journaled.line_message_id, journaled.journaled_at, journaled.identity_key, journaled.facts, journaled.transaction_id,
  journaled.kind, journaled.currency, journaled.amount, journaled.greatest_amount, journaled.effect_minor, journaled.flags, journaled.is_recorded, journaled.is_conflict,
  journaled.names_it, journaled.posted_at
FROM reconcile_journaled AS journaled
JOIN reconcile_bounds AS bounds ON SUBSTR(TO_HEX(journaled.data_sha256), 1, 2) BETWEEN bounds.first_digits AND bounds.last_digits
