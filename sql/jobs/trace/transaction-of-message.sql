SELECT transaction_id FROM payment_journal WHERE message_id = @id AND transaction_id IS NOT NULL ORDER BY journaled_at, transaction_id LIMIT 1
