-- The last reconciliation of each day, by the store's clock.
CREATE OR REPLACE VIEW reconciliation_daily AS
SELECT DATE(reconciled_at, 'UTC') AS day, reconciliation, reconciled_at, verdict, reason, errors, warnings,
  messages_published, messages_posted, messages_duplicate, messages_conflict, messages_pending, messages_rejected, messages_missing
FROM reconciliation_runs
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY DATE(reconciled_at, 'UTC') ORDER BY reconciliation DESC) = 1
