SELECT posted.transaction_id, posted.message_id, posted.posting_run
FROM payment_transactions AS posted
LEFT JOIN payment_journal AS line
  ON line.message_id = posted.message_id AND line.data_sha256 = posted.data_sha256 AND line.identity_key = posted.identity_key
  AND line.fingerprint = posted.fingerprint AND line.amount_minor = posted.amount_minor AND line.currency = posted.currency AND line.kind = posted.kind
  AND line.customer_id = posted.customer_id AND line.merchant_id = posted.merchant_id
WHERE line.message_id IS NULL
