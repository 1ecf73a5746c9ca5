-- A part of all messages, as published, as journaled and as posted, side by side. *Matched* is what was published once, has one line and one
-- ledger row, agrees in every column that anything below would compare, and carries no remark that anybody is to see: all that need be
-- known of it are its totals. Everything else is an *exception*, and is looked at by the long way, message by message. So: a row for each
-- currency and kind of what matched, and one for each exception. One statement, so that it sees the books as of one moment.
WITH several AS (
  -- Not one delivery, one line and one ledger row, or what a dead letter may stand for: what became of them takes more than a comparison.
  SELECT message_id, data_sha256
  FROM reconcile_archived
  WHERE data_sha256 >= @first_hash AND (@is_last OR data_sha256 < @next_hash)
  GROUP BY message_id, data_sha256
  HAVING COUNT(*) > 1
  UNION DISTINCT
  SELECT message_id, data_sha256
  FROM payment_journal
  WHERE journaled_at >= @journaled_from AND data_sha256 >= @first_hash AND (@is_last OR data_sha256 < @next_hash)
  GROUP BY message_id, data_sha256
  HAVING COUNT(*) > 1
  UNION DISTINCT
  SELECT message_id, data_sha256
  FROM payment_transactions
  WHERE booking_date >= @booked_from AND journaled_at >= @journaled_from AND data_sha256 >= @first_hash AND (@is_last OR data_sha256 < @next_hash)
  GROUP BY message_id, data_sha256
  HAVING COUNT(*) > 1
  UNION DISTINCT
  SELECT posted.message_id, posted.data_sha256
  FROM payment_transactions AS posted
  JOIN reconcile_transactions_posted_twice AS twice ON twice.transaction_id = posted.transaction_id
  WHERE posted.booking_date >= @booked_from AND posted.journaled_at >= @journaled_from AND posted.data_sha256 >= @first_hash AND (@is_last OR posted.data_sha256 < @next_hash)
  UNION DISTINCT
  SELECT posted.message_id, posted.data_sha256
  FROM payment_transactions AS posted
  JOIN reconcile_identities_posted_twice AS twice ON twice.identity_key = posted.identity_key
  WHERE posted.booking_date >= @booked_from AND posted.journaled_at >= @journaled_from AND posted.data_sha256 >= @first_hash AND (@is_last OR posted.data_sha256 < @next_hash)
  UNION DISTINCT
  SELECT dead_letter_id, data_sha256 FROM reconcile_dead_letters
  UNION DISTINCT
  SELECT original_id, data_sha256 FROM reconcile_dead_letters
)
SELECT
  is_matched, CASE WHEN NOT is_matched THEN message_id END AS message_id, CASE WHEN NOT is_matched THEN data_sha256 END AS data_sha256,
  CASE WHEN is_matched THEN currency END AS currency, CASE WHEN is_matched THEN kind END AS kind, COUNT(*) AS messages,
  SUM(CASE WHEN is_matched THEN amount END) AS published_gross, SUM(CASE WHEN is_matched THEN effect END) AS published_net,
  SUM(CASE WHEN is_matched THEN posted_amount END) AS posted_gross, SUM(CASE WHEN is_matched THEN posted_effect END) AS posted_net
FROM (
  SELECT
    COALESCE(published.message_id, line.message_id, posted.message_id) AS message_id,
    COALESCE(published.data_sha256, line.data_sha256, posted.data_sha256) AS data_sha256,
    published.currency, published.kind, published.amount, published.effect, posted.amount AS posted_amount, posted.effect AS posted_effect,
    several.message_id IS NULL AND earlier.message_id IS NULL AND COALESCE(
      published.published_at IS NOT NULL AND line.outcome IN ('recorded', 'late') AND posted.outcome = line.outcome
      AND NOT CONCAT(',', COALESCE(line.flags, ''), ',') LIKE '%,clock_skew,%' AND NOT CONCAT(',', COALESCE(line.flags, ''), ',') LIKE '%,card_data_seen,%'
      -- what was published and the line
      AND line.transaction_id = published.transaction_id AND line.kind = published.kind AND line.currency = published.currency AND line.amount = published.amount
      AND line.effect = published.effect
      -- what was published and the ledger
      AND posted.transaction_id = published.transaction_id AND posted.kind = published.kind AND posted.currency = published.currency AND posted.amount = published.amount
      AND posted.effect = published.effect
      -- the line and the ledger
      AND posted.identity_key = line.identity_key AND posted.fingerprint = line.fingerprint AND posted.customer_id = line.customer_id
      AND posted.merchant_id = line.merchant_id AND COALESCE(posted.original_transaction_id, CHR(10)) = COALESCE(line.original_transaction_id, CHR(10))
      AND posted.amount_minor = ABS(CAST(line.effect_minor AS NUMERIC(38,9))) AND posted.effect_minor = line.effect_minor AND posted.journaled_at = line.journaled_at,
      FALSE) AS is_matched
  FROM (
    SELECT message_id, data_sha256, published_at, transaction_id, kind, currency, amount, effect
    FROM reconcile_archived
    WHERE data_sha256 >= @first_hash AND (@is_last OR data_sha256 < @next_hash)
  ) AS published
  FULL JOIN (
    SELECT message_id, data_sha256, journaled_at, outcome, identity_key, fingerprint, customer_id, merchant_id, original_transaction_id,
      transaction_id, kind, currency, amount, effect_minor, CASE WHEN effect_minor < 0 THEN -amount ELSE amount END AS effect, flags
    FROM payment_journal
    WHERE journaled_at >= @journaled_from AND COALESCE(dead_letter_published_at, published_at, journaled_at) >= @published_from
      AND data_sha256 >= @first_hash AND (@is_last OR data_sha256 < @next_hash)
  ) AS line ON line.message_id = published.message_id AND line.data_sha256 = published.data_sha256
  FULL JOIN (
    SELECT message_id, data_sha256, journaled_at, outcome, identity_key, fingerprint, customer_id, merchant_id, original_transaction_id,
      transaction_id, kind, currency, amount, amount_minor, effect_minor, CASE WHEN effect_minor < 0 THEN -amount ELSE amount END AS effect
    FROM payment_transactions
    WHERE booking_date >= @booked_from AND journaled_at >= @journaled_from AND data_sha256 >= @first_hash AND (@is_last OR data_sha256 < @next_hash)
  ) AS posted ON posted.message_id = COALESCE(line.message_id, published.message_id) AND posted.data_sha256 = COALESCE(line.data_sha256, published.data_sha256)
  LEFT JOIN several
    ON several.message_id = COALESCE(published.message_id, line.message_id, posted.message_id)
    AND several.data_sha256 = COALESCE(published.data_sha256, line.data_sha256, posted.data_sha256)
  -- What the last reconciliation found in it may be settled now: that is seen only where it is looked at.
  LEFT JOIN (
    SELECT DISTINCT message_id FROM reconciliation_breaks WHERE reconciliation = @previous AND message_id IS NOT NULL
  ) AS earlier ON earlier.message_id = COALESCE(published.message_id, line.message_id, posted.message_id)
)
GROUP BY 1, 2, 3, 4, 5
