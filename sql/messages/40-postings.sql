-- The ledger by the message that each row names, a dead letter under its original.
SELECT
  COALESCE(dead_letter.original_id, posted.message_id) AS message_id, posted.data_sha256, posted.message_id AS named_message_id,
  posted.identity_key, SHA256(TO_HEX(posted.fingerprint) || CHR(10) || posted.customer_id || CHR(10) || posted.merchant_id || CHR(10) || COALESCE(posted.original_transaction_id, CHR(10))) AS facts,
  posted.transaction_id, posted.kind, posted.currency, posted.amount, posted.amount_minor, posted.effect_minor,
  CASE WHEN posted.effect_minor < 0 THEN -posted.amount ELSE posted.amount END AS effect,
  posted.posted_at, posted.journaled_at, posted.outcome
FROM payment_transactions AS posted
JOIN reconcile_exceptions AS exception ON exception.message_id = posted.message_id AND exception.data_sha256 = posted.data_sha256
LEFT JOIN reconcile_dead_letters AS dead_letter
  ON dead_letter.takes_posting AND dead_letter.dead_letter_id = posted.message_id AND dead_letter.data_sha256 = posted.data_sha256
WHERE posted.booking_date >= @booked_from AND posted.journaled_at >= @journaled_from
  AND NOT EXISTS (SELECT 1 FROM reconcile_older AS older WHERE older.message_id = posted.message_id AND older.data_sha256 = posted.data_sha256)
