-- Every conflict, field by field: what is booked and what this copy says. Null where they agree.
CREATE OR REPLACE VIEW conflicting_payments AS
SELECT copy.transaction_id, copy.message_id, copy.disposition, copy.decision, copy.published_at, posted.message_id AS posted_message_id,
  CASE WHEN line.amount <> posted.amount THEN posted.amount END AS posted_amount, CASE WHEN line.amount <> posted.amount THEN line.amount END AS copy_amount,
  CASE WHEN line.currency <> posted.currency THEN posted.currency END AS posted_currency, CASE WHEN line.currency <> posted.currency THEN line.currency END AS copy_currency,
  CASE WHEN line.kind <> posted.kind THEN posted.kind END AS posted_kind, CASE WHEN line.kind <> posted.kind THEN line.kind END AS copy_kind,
  CASE WHEN line.merchant_id <> posted.merchant_id THEN posted.merchant_id END AS posted_merchant_id, CASE WHEN line.merchant_id <> posted.merchant_id THEN line.merchant_id END AS copy_merchant_id,
  COALESCE(line.customer_id <> posted.customer_id, FALSE) AS customer_differs,
  COALESCE(line.original_transaction_id, '') <> COALESCE(posted.original_transaction_id, '') AS original_differs
FROM message_dispositions AS copy
JOIN payment_journal AS line ON line.message_id = copy.message_id AND line.data_sha256 = copy.data_sha256
LEFT JOIN payment_transactions AS posted ON posted.identity_key = line.identity_key
WHERE copy.disposition = 'conflict' OR (copy.disposition IN ('pending', 'rejected') AND line.outcome = 'conflict')
QUALIFY ROW_NUMBER() OVER (PARTITION BY copy.message_id, copy.data_sha256 ORDER BY line.journaled_at, line.outcome, posted.journaled_at, posted.message_id,
  -- A payment that is in the ledger twice shows in the same way each time.
  posted.amount, posted.currency, posted.kind, posted.merchant_id, posted.customer_id, posted.original_transaction_id,
  line.amount, line.currency, line.kind, line.merchant_id, line.customer_id, line.original_transaction_id) = 1
