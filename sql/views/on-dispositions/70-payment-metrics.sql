-- Windows of 5 minutes of event time, by currency and region: what was decided on each message (its first line; what was delivered again
-- counts once), and the money of first copies.
CREATE OR REPLACE VIEW payment_metrics AS
SELECT
  TIMESTAMP_SECONDS(UNIX_SECONDS(event_time) - MOD(UNIX_SECONDS(event_time), 300)) AS window_start, currency, COALESCE(region, 'unknown') AS region,
  COUNT(*) AS messages,
  COUNTIF(is_first_copy) AS payments,
  SUM(CASE WHEN is_first_copy THEN amount END) AS gross,
  SUM(CASE WHEN NOT is_first_copy THEN NULL WHEN effect_minor < 0 THEN -amount ELSE amount END) AS net,
  COUNTIF(outcome = 'duplicate') AS duplicates,
  COUNTIF(outcome = 'conflict') AS conflicts,
  COUNTIF(outcome = 'late') AS late,
  COUNTIF(fraud_score >= 50) AS suspicious
FROM (
  SELECT event_time, currency, region, amount, effect_minor, outcome, fraud_score,
    -- A late or dead-lettered message makes no claim, so a copy of it is told from it by its identity alone.
    outcome IN ('recorded', 'late', 'dead_lettered') AND ROW_NUMBER() OVER (
      PARTITION BY identity_key ORDER BY CASE WHEN outcome IN ('recorded', 'late', 'dead_lettered') THEN 0 ELSE 1 END, journaled_at, message_id, data_sha256
    ) = 1 AS is_first_copy
  FROM (
    SELECT message_id, data_sha256, journaled_at, event_time, currency, region, amount, effect_minor, outcome, fraud_score, identity_key
    FROM payment_journal
    WHERE identity_key IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (PARTITION BY message_id, data_sha256 ORDER BY journaled_at, outcome) = 1
  )
)
GROUP BY 1, 2, 3
