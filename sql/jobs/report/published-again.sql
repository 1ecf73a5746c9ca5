-- Missing messages that were published again lately: when last, how often, and whether they are missing still.
SELECT again.message_id, again.republished_at, again.times, missing.message_id IS NOT NULL AS is_missing, COUNT(*) OVER () AS messages
FROM (
  SELECT message_id, MAX(effective_at) AS republished_at, COUNT(*) AS times
  FROM audit_log
  WHERE action = 'republished'
  GROUP BY message_id
) AS again
LEFT JOIN (
  SELECT DISTINCT message_id FROM reconciliation_breaks WHERE reconciliation = @reconciliation AND break_type = 'missing_message'
) AS missing ON missing.message_id = again.message_id
WHERE again.republished_at >= @republished_since
ORDER BY is_missing DESC, again.republished_at DESC, again.message_id
LIMIT @list_limit
