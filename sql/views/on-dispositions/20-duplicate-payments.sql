-- Every extra copy with the payment that counts: the money that it would have counted twice, and how much later it came.
CREATE OR REPLACE VIEW duplicate_payments AS
SELECT copy.transaction_id, copy.message_id, copy.data_sha256, copy.currency, copy.kind, copy.amount AS amount_protected, copy.effect AS effect_protected,
  posted.message_id AS posted_message_id, copy.published_at, copy.journaled_at,
  DIV((UNIX_MICROS(copy.journaled_at) - UNIX_MICROS(posted.journaled_at)), 1000000) AS lag_seconds, copy.source, copy.line_number
FROM message_dispositions AS copy
LEFT JOIN payment_journal AS line ON line.message_id = copy.message_id AND line.data_sha256 = copy.data_sha256
LEFT JOIN payment_transactions AS posted ON posted.identity_key = line.identity_key
WHERE copy.disposition = 'duplicate'
QUALIFY ROW_NUMBER() OVER (PARTITION BY copy.message_id, copy.data_sha256 ORDER BY line.journaled_at, line.identity_key, posted.journaled_at, posted.message_id) = 1
