-- Posts the first postable line of each identity that is not in the ledger yet. Inserts nothing unless this try holds the head.
INSERT INTO payment_transactions (
  transaction_id, identity_key, message_id, data_sha256, fingerprint, kind, amount, amount_minor, effect_minor, currency,
  event_time, event_date, booking_date, posted_at, posting_run, journaled_at, outcome, customer_id, merchant_id,
  original_transaction_id, payment_method, country, region, producer, fraud_score, fraud_reasons, flags
)
WITH postable AS (
  -- Keys only; a duplicate waits for its owner until the grace is over.
  SELECT identity_key, message_id, data_sha256, journaled_at,
    CASE WHEN outcome = 'duplicate' THEN TIMESTAMP_MICROS(UNIX_MICROS(journaled_at) + @orphan_grace) ELSE journaled_at END AS postable_at
  FROM payment_journal
  WHERE journaled_at >= @from_time AND journaled_at < @cut
    AND outcome IN ('recorded', 'late', 'dead_lettered', 'duplicate')
  UNION ALL
  -- What a person decided to post, however old its line.
  SELECT line.identity_key, line.message_id, line.data_sha256, line.journaled_at, decision.effective_at AS postable_at
  FROM audit_log AS decision
  JOIN payment_journal AS line ON line.message_id = decision.message_id AND line.data_sha256 = decision.data_sha256
  WHERE decision.action = 'decided_post' AND decision.effective_at >= @from_time AND decision.effective_at < @cut
    AND line.journaled_at >= @earliest_line AND line.journaled_at < @cut AND line.identity_key IS NOT NULL
    -- The last decision on a message holds.
    AND NOT EXISTS (
      SELECT 1 FROM audit_log AS later
      WHERE later.action = 'decided_reject' AND later.message_id = decision.message_id AND later.data_sha256 = decision.data_sha256
        AND (later.effective_at > decision.effective_at OR (later.effective_at = decision.effective_at AND later.recorded_at > decision.recorded_at)))
),
winners AS (
  SELECT identity_key, message_id, data_sha256, journaled_at
  FROM postable
  WHERE postable_at < @cut
    AND NOT EXISTS (SELECT 1 FROM payment_transactions AS posted WHERE posted.identity_key = postable.identity_key)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY identity_key ORDER BY postable_at, message_id, journaled_at, data_sha256) = 1
)
SELECT
  line.transaction_id, line.identity_key, line.message_id, line.data_sha256, line.fingerprint, line.kind, line.amount,
  line.amount_minor, line.effect_minor, line.currency, line.event_time, DATE(line.event_time, 'UTC'), head.booking_date,
  @posted_at, head.run, line.journaled_at, line.outcome, line.customer_id, line.merchant_id, line.original_transaction_id,
  line.payment_method, line.country, line.region, line.producer, line.fraud_score, line.fraud_reasons, line.flags
FROM winners
JOIN payment_journal AS line
  ON line.journaled_at = winners.journaled_at AND line.message_id = winners.message_id
  AND line.data_sha256 = winners.data_sha256 AND line.identity_key = winners.identity_key
JOIN posting_head AS head ON head.attempt = @attempt
-- In WHERE, since BigQuery takes no subquery in a join's condition.
WHERE (SELECT COUNT(*) FROM posting_head) = 1
  AND line.journaled_at >= @earliest_line AND line.journaled_at < @cut
-- Two lines of one message may carry one stamp on BigQuery: one of them is enough.
QUALIFY ROW_NUMBER() OVER (PARTITION BY line.identity_key ORDER BY line.outcome) = 1
