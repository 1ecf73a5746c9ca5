-- Reconciliations after one, the latest first.
SELECT reconciliation, posting_run, verdict, reason, errors, warnings FROM reconciliation_runs WHERE reconciliation > @reconciliation ORDER BY reconciliation DESC
