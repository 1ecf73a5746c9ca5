-- The last reconciliation, and when there was last one that could look at everything that had been published.
SELECT MAX(reconciliation) AS reconciliation, MAX(CASE WHEN verdict <> 'incomplete' THEN reconciled_at END) AS complete_at
FROM reconciliation_runs
