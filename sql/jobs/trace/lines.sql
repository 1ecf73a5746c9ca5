-- What was decided: every journal line of this message or payment, in the order of the store's stamps.
SELECT journaled_at, message_id, data_sha256, outcome, source, line_number, transaction_id, identity_key, kind, amount, currency, event_time,
  claim_owner, flags, faults, fraud_score, fraud_reasons, payload
FROM payment_journal
WHERE message_id = @id OR transaction_id IN (@id, @transaction_id)
ORDER BY journaled_at, message_id, data_sha256, outcome
LIMIT 1000
