SELECT transaction_id, kind, amount_minor, effect_minor FROM payment_transactions
WHERE amount_minor < 0
  OR effect_minor <> CASE WHEN kind IN ('payment', 'refund_reversal', 'chargeback_reversal') THEN amount_minor ELSE -amount_minor END
  OR kind NOT IN ('payment', 'refund', 'refund_reversal', 'chargeback', 'chargeback_reversal', 'second_chargeback', 'fee', 'payout')
