-- Messages with a line in the span of stamps that were published before the span of messages: their postings are not looked at either.
SELECT message_id, data_sha256
FROM payment_journal
WHERE journaled_at >= @journaled_from AND COALESCE(dead_letter_published_at, published_at, journaled_at) < @published_from
