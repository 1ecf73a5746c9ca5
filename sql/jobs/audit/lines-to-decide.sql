-- What the journal holds of one message id: a row for each data under it.
SELECT line.data_sha256, MIN(line.outcome) AS outcome, MIN(line.transaction_id) AS transaction_id, MIN(line.identity_key) AS identity_key,
  COUNT(posted.identity_key) > 0 AS is_posted, COUNTIF(posted.message_id = line.message_id AND posted.data_sha256 = line.data_sha256) > 0 AS is_itself_posted
FROM payment_journal AS line
LEFT JOIN payment_transactions AS posted ON posted.identity_key = line.identity_key
WHERE line.message_id = @message_id
GROUP BY line.data_sha256
