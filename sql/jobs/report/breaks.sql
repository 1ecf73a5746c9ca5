-- Breaks of one reconciliation: errors first, then the oldest.
SELECT break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step
FROM reconciliation_breaks
WHERE reconciliation = @reconciliation
ORDER BY severity, CASE WHEN since IS NULL THEN 1 ELSE 0 END, since, break_id
LIMIT @list_limit
