-- Breaks of one reconciliation by type, currency and age. An amount that is not known is counted, never summed as zero.
WITH aged AS (
  SELECT break_type, severity, currency, amount, since, next_step,
    CASE
      WHEN since IS NULL THEN 'unknown'
      WHEN since > @two_days_ago THEN '0-1'
      WHEN since > @eight_days_ago THEN '2-7'
      WHEN since > @thirty_one_days_ago THEN '8-30'
      ELSE 'over 30'
    END AS age
  FROM reconciliation_breaks
  WHERE reconciliation = @reconciliation
)
SELECT break_type, severity, currency, age, COUNT(*) AS breaks, SUM(amount) AS amount, COUNT(*) - COUNT(amount) AS amounts_unknown,
  MIN(next_step) AS next_step
FROM aged
GROUP BY break_type, severity, currency, age
ORDER BY severity, break_type, currency, age
