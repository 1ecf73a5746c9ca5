-- After every number in use. Of a reconciliation that was killed there may be totals or breaks, but no run.
INSERT INTO reconciliation_head (reconciliation, attempt)
SELECT GREATEST(
    COALESCE((SELECT MAX(reconciliation) FROM reconciliation_runs), 0),
    COALESCE((SELECT MAX(reconciliation) FROM reconciliation_totals), 0),
    COALESCE((SELECT MAX(reconciliation) FROM reconciliation_breaks), 0)
  ), 'none yet'
FROM (SELECT COUNT(*) AS heads FROM reconciliation_head)
WHERE heads = 0
