-- Missing messages that this reconciliation found or carried: those not published again too lately, nor too often; the oldest first.
SELECT missing.break_id, missing.since
FROM reconciliation_breaks AS missing
LEFT JOIN (
  SELECT message_id, COUNT(*) AS times, MAX(effective_at) AS last_at FROM audit_log WHERE action = 'republished' GROUP BY message_id
) AS republished ON republished.message_id = missing.message_id
WHERE missing.reconciliation = @reconciliation AND missing.break_type = 'missing_message'
  AND (republished.message_id IS NULL OR (republished.times < @most_times AND republished.last_at <= @republished_before))
ORDER BY missing.since, missing.break_id
LIMIT @list_limit
