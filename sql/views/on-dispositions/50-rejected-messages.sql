-- Every rejected message with its first fault: one row a message, whatever was delivered again.
CREATE OR REPLACE VIEW rejected_messages AS
SELECT message_id, data_sha256, transaction_id, journaled_at, published_at, source, line_number,
  JSON_VALUE(faults, '$[0].code') AS fault, JSON_VALUE(faults, '$[0].field') AS field, JSON_VALUE(faults, '$[0].found') AS found, JSON_VALUE(faults, '$[0].fix') AS fix, faults
FROM payment_journal
WHERE outcome = 'rejected'
QUALIFY ROW_NUMBER() OVER (PARTITION BY message_id, data_sha256 ORDER BY journaled_at) = 1
