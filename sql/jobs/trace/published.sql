-- As published: every archived message with this id, or that speaks of this payment, in the order of the source.
SELECT source, line_number, message_id, data_sha256, published_at, dead_letter_published_at, transaction_id
FROM published_payments
WHERE message_id = @id OR message_id = @owner OR transaction_id IN (@id, @transaction_id)
ORDER BY published_at, source, line_number, message_id
LIMIT 1000
