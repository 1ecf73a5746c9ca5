-- Open conflicts field by field: the copy against the payment in the ledger. Customers are compared, never shown.
WITH listed AS (
  SELECT break_id, transaction_id, message_id, since
  FROM reconciliation_breaks
  WHERE reconciliation = @reconciliation AND break_type = 'conflict_open'
  ORDER BY CASE WHEN since IS NULL THEN 1 ELSE 0 END, since, break_id
  LIMIT @list_limit
)
SELECT listed.break_id, listed.transaction_id, listed.message_id, listed.since, line.claim_owner,
  line.amount AS copy_amount, line.currency AS copy_currency, line.kind AS copy_kind, line.merchant_id AS copy_merchant_id,
  line.original_transaction_id AS copy_original_transaction_id,
  posted.message_id AS posted_message_id, posted.booking_date AS posted_booking_date,
  posted.amount AS posted_amount, posted.currency AS posted_currency, posted.kind AS posted_kind, posted.merchant_id AS posted_merchant_id,
  posted.original_transaction_id AS posted_original_transaction_id,
  line.customer_id <> posted.customer_id AS customer_differs
FROM listed
LEFT JOIN payment_journal AS line ON line.message_id = listed.message_id AND line.identity_key IS NOT NULL
LEFT JOIN payment_transactions AS posted ON posted.identity_key = line.identity_key
WHERE TRUE
-- One message may have several lines, and an id that was used again several payloads: the one that differs is meant.
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY listed.break_id
  ORDER BY CASE WHEN posted.fingerprint <> line.fingerprint THEN 0 ELSE 1 END, line.journaled_at, line.data_sha256, posted.journaled_at, posted.message_id
) = 1
ORDER BY CASE WHEN listed.since IS NULL THEN 1 ELSE 0 END, listed.since, listed.break_id
