-- More refunded and charged back than was paid.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT DISTINCT original.transaction_id, original.message_id, original.currency, returned.amount - original.amount AS amount, returned.since,
    CONCAT('Refunds and chargebacks of ', CAST(returned.amount AS STRING), ' ', original.currency, ' against a payment of ', CAST(original.amount AS STRING), '.') AS detail,
    original.transaction_id AS identified_by
  FROM (
    -- Where producers share transaction_ids, a refund refers to a payment of its own producer.
    SELECT ledger.original_transaction_id, ledger.currency, CASE WHEN @transaction_id_is_identity THEN '' ELSE COALESCE(ledger.producer, '') END AS scope, -SUM(CASE WHEN ledger.effect_minor < 0 THEN -ledger.amount ELSE ledger.amount END) AS amount, MAX(ledger.posted_at) AS since
    FROM payment_transactions AS ledger
    WHERE ledger.original_transaction_id IS NOT NULL AND ledger.kind IN ('refund', 'refund_reversal', 'chargeback', 'chargeback_reversal', 'second_chargeback')
    GROUP BY 1, 2, 3
  ) AS returned
  JOIN payment_transactions AS original ON original.transaction_id = returned.original_transaction_id AND original.currency = returned.currency AND original.kind = 'payment'
    AND (@transaction_id_is_identity OR COALESCE(original.producer, '') = returned.scope)
  WHERE returned.amount > original.amount
)
