-- The journal lines of these messages, and of dead letters with the same data, each with the time at which it was seen here.
SELECT message_id, TO_HEX(data_sha256) AS data_sha256, outcome, transaction_id, faults, dead_letter_published_at IS NOT NULL AS is_dead_letter, journaled_at, CURRENT_TIMESTAMP() AS seen_at
FROM payment_journal
WHERE journaled_at >= @journaled_from
  AND (STRPOS(@message_ids, CONCAT(' ', message_id, ' ')) > 0 OR STRPOS(@hashes, CONCAT(' ', TO_HEX(data_sha256), ' ')) > 0)
