-- The last reconciliation: what the proof of a report speaks of.
SELECT reconciliation, reconciled_at, published_from, posting_run, verdict, reason, errors, warnings, messages_published, messages_posted,
  messages_duplicate, messages_conflict, messages_pending, messages_rejected, messages_missing
FROM reconciliation_runs
WHERE reconciliation = (SELECT MAX(reconciliation) FROM reconciliation_runs)
