-- More refunded and charged back than was paid.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT DISTINCT original.transaction_id, original.message_id, original.currency, returned.amount - original.amount AS amount, returned.since,
    CONCAT('Refunds and chargebacks of ', CAST(returned.amount AS STRING), ' ', original.currency, ' against a payment of ', CAST(original.amount AS STRING), '.') AS detail,
    original.transaction_id AS identified_by
  FROM (
    SELECT original_transaction_id, currency, scope, -SUM(CASE WHEN effect_minor < 0 THEN -amount ELSE amount END) AS amount, MAX(posted_at) AS since
    FROM (
      -- Where producers share transaction_ids, a refund refers to a payment of its own producer.
      SELECT original_transaction_id, currency, CASE WHEN @transaction_id_is_identity THEN '' ELSE COALESCE(producer, '') END AS scope, effect_minor, amount, posted_at
      FROM payment_transactions
      WHERE original_transaction_id IS NOT NULL AND kind IN ('refund', 'refund_reversal', 'chargeback', 'chargeback_reversal', 'second_chargeback')
    ) AS referring
    GROUP BY original_transaction_id, currency, scope
  ) AS returned
  JOIN payment_transactions AS original ON original.transaction_id = returned.original_transaction_id AND original.currency = returned.currency AND original.kind = 'payment'
    AND (@transaction_id_is_identity OR COALESCE(original.producer, '') = returned.scope)
  WHERE returned.amount > original.amount
)
