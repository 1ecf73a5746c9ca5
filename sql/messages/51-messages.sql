-- What became of each message: the first that holds. A message is one that was published, or one that only a line speaks of.
SELECT
  message_id, data_sha256, is_published, is_id_published, source, line_number, published_at, journaled_at, transaction_id, kind, currency, amount, effect, identity_key, facts,
  line_message_id, line_transaction_id, line_kind, line_currency, line_amount, greatest_line_amount, line_effect, line_effect_minor, flags, is_recorded, is_conflict,
  decision, decided_at, posted_at,
  CASE
    WHEN names_it THEN 'posted'
    WHEN identity_is_posted AND facts = posted_facts THEN 'duplicate'
    WHEN identity_is_posted THEN 'conflict'
    WHEN identity_key IS NOT NULL AND decision = 'decided_reject' THEN 'rejected'
    WHEN identity_key IS NOT NULL THEN 'pending'
    WHEN journaled_at IS NOT NULL THEN 'rejected'
    WHEN is_behind OR published_at BETWEEN missing_before AND ahead_after THEN 'pending'
    ELSE 'missing'
  END AS disposition
FROM (
  SELECT
    COALESCE(published.message_id, line.message_id) AS message_id, COALESCE(published.data_sha256, line.data_sha256) AS data_sha256,
    published.message_id IS NOT NULL AS is_published, published.transaction_id IS NOT NULL AS is_id_published, published.source, published.line_number, published.published_at, line.journaled_at,
    COALESCE(published.transaction_id, line.transaction_id) AS transaction_id,
    published.kind, published.currency, published.amount, published.effect,
    line.identity_key, line.facts, line.line_message_id,
    line.transaction_id AS line_transaction_id, line.kind AS line_kind, line.currency AS line_currency,
    line.amount AS line_amount, line.greatest_amount AS greatest_line_amount, line.effect_minor AS line_effect_minor,
    CASE WHEN line.effect_minor < 0 THEN -line.amount ELSE line.amount END AS line_effect,
    line.flags, line.is_recorded, line.is_conflict,
    COALESCE(line.names_it, FALSE) AS names_it, line.posted_at,
    copies.message_id IS NOT NULL AS identity_is_posted, copies.posted_facts,
    decided.action AS decision, decided.effective_at AS decided_at,
    bounds.is_behind, bounds.missing_before, bounds.ahead_after
  FROM reconcile_published_part AS published
  FULL JOIN reconcile_journaled_part AS line ON line.message_id = published.message_id AND line.data_sha256 = published.data_sha256
  CROSS JOIN reconcile_bounds AS bounds
  LEFT JOIN reconcile_copies AS copies ON copies.message_id = COALESCE(published.message_id, line.message_id) AND copies.data_sha256 = COALESCE(published.data_sha256, line.data_sha256)
  -- The last decision on it, or on its dead letter.
  LEFT JOIN (
    SELECT COALESCE(dead_letter.original_id, audit.message_id) AS message_id, audit.data_sha256, audit.action, audit.effective_at
    FROM audit_log AS audit
    LEFT JOIN reconcile_dead_letters AS dead_letter ON dead_letter.dead_letter_id = audit.message_id AND dead_letter.data_sha256 = audit.data_sha256
    WHERE audit.action IN ('decided_post', 'decided_reject')
    QUALIFY ROW_NUMBER() OVER (PARTITION BY COALESCE(dead_letter.original_id, audit.message_id), audit.data_sha256 ORDER BY audit.effective_at DESC, audit.recorded_at DESC, audit.action) = 1
  ) AS decided ON decided.message_id = COALESCE(published.message_id, line.message_id) AND decided.data_sha256 = COALESCE(published.data_sha256, line.data_sha256)
)
