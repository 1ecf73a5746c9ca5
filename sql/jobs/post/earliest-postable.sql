-- When the earliest line becomes postable whose identity is not in the ledger yet; null where there is none.
SELECT MIN(CASE WHEN outcome = 'duplicate' THEN TIMESTAMP_MICROS(UNIX_MICROS(journaled_at) + @orphan_grace) ELSE journaled_at END) AS postable_at
FROM payment_journal AS line
WHERE journaled_at >= @from_time
  AND outcome IN ('recorded', 'late', 'dead_lettered', 'duplicate')
  AND NOT EXISTS (SELECT 1 FROM payment_transactions AS posted WHERE posted.identity_key = line.identity_key)
