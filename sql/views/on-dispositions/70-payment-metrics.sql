-- Windows of 5 minutes of event time, by currency and region: what was decided, and the money of first copies.
CREATE OR REPLACE VIEW payment_metrics AS
SELECT
  TIMESTAMP_SECONDS(300 * DIV(UNIX_SECONDS(event_time), 300)) AS window_start, currency, COALESCE(region, 'unknown') AS region,
  COUNT(*) AS journal_lines,
  COUNTIF(outcome IN ('recorded', 'late', 'dead_lettered')) AS payments,
  SUM(CASE WHEN outcome IN ('recorded', 'late', 'dead_lettered') THEN amount END) AS gross,
  SUM(CASE WHEN outcome NOT IN ('recorded', 'late', 'dead_lettered') THEN NULL WHEN effect_minor < 0 THEN -amount ELSE amount END) AS net,
  COUNTIF(outcome = 'duplicate') AS duplicates,
  COUNTIF(outcome = 'conflict') AS conflicts,
  COUNTIF(outcome = 'late') AS late,
  COUNTIF(fraud_score >= 50) AS suspicious
FROM payment_journal
WHERE identity_key IS NOT NULL
GROUP BY 1, 2, 3
