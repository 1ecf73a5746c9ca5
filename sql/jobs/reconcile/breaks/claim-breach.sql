-- Two messages recorded for one payment within a claim's life: the claim layer failed, though the ledger counts one.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT MIN(transaction_id) AS transaction_id, MIN(message_id) AS message_id, MIN(line_currency) AS currency, MIN(line_amount) AS amount, MIN(journaled_at) AS since,
    CONCAT(CAST(COUNT(*) + 1 AS STRING), ' messages were recorded for this payment within the life of one claim.') AS detail, TO_HEX(identity_key) AS identified_by
  FROM (
    SELECT transaction_id, message_id, line_currency, line_amount, journaled_at, identity_key,
      LAG(journaled_at) OVER (PARTITION BY identity_key ORDER BY journaled_at, message_id, data_sha256) AS before
    FROM (
      SELECT transaction_id, message_id, data_sha256, line_currency, line_amount, journaled_at, identity_key FROM reconcile_messages WHERE is_recorded = 1
      UNION ALL
      -- The one that was posted may have matched: one alone, since the rows of a payment that is posted twice are exceptions.
      SELECT line.transaction_id, line.message_id, line.data_sha256, line.currency, line.amount, line.journaled_at, line.identity_key
      FROM payment_journal AS line
      JOIN (SELECT DISTINCT identity_key FROM reconcile_messages WHERE is_recorded = 1) AS recorded ON recorded.identity_key = line.identity_key
      LEFT JOIN reconcile_exceptions AS exception ON exception.message_id = line.message_id AND exception.data_sha256 = line.data_sha256
      WHERE exception.message_id IS NULL AND line.outcome = 'recorded'
        AND line.journaled_at >= @journaled_from AND COALESCE(line.dead_letter_published_at, line.published_at, line.journaled_at) >= @published_from
    )
  )
  WHERE UNIX_MICROS(journaled_at) - UNIX_MICROS(before) < @claim_life
  GROUP BY identity_key
)
