-- Of a reconciliation that was killed there may be totals or breaks, but no run: its number is not used again.
SELECT 1 + GREATEST(
    COALESCE((SELECT MAX(reconciliation) FROM reconciliation_runs), 0),
    COALESCE((SELECT MAX(reconciliation) FROM reconciliation_totals), 0),
    COALESCE((SELECT MAX(reconciliation) FROM reconciliation_breaks), 0)
  ) AS reconciliation,
  (SELECT COALESCE(MAX(run), 0) FROM posting_runs) AS posting_run
