-- The ledger and, for each identity not posted yet, its first pending line: for dashboards, seconds after publishing.
CREATE OR REPLACE VIEW payment_transactions_live AS
SELECT transaction_id, message_id, kind, amount, amount_minor, effect_minor, currency, event_time, booking_date, customer_id, merchant_id, country, region, producer, fraud_score, fraud_reasons, TRUE AS is_posted
FROM payment_transactions
UNION ALL
SELECT transaction_id, message_id, kind, amount, amount_minor, effect_minor, currency, event_time, CAST(NULL AS DATE) AS booking_date, customer_id, merchant_id, country, region, producer, fraud_score, fraud_reasons, FALSE AS is_posted
FROM (
  SELECT line.transaction_id, line.message_id, line.kind, line.amount, line.amount_minor, line.effect_minor, line.currency, line.event_time, line.customer_id, line.merchant_id,
    line.country, line.region, line.producer, line.fraud_score, line.fraud_reasons
  FROM payment_journal AS line
  WHERE line.outcome IN ('recorded', 'late', 'dead_lettered', 'duplicate')
    AND NOT EXISTS (SELECT 1 FROM payment_transactions AS posted WHERE posted.identity_key = line.identity_key)
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY line.identity_key
    ORDER BY CASE WHEN line.outcome = 'duplicate' THEN 1 ELSE 0 END, line.journaled_at, line.message_id, line.data_sha256, line.outcome
  ) = 1
)
