SELECT effective_at, recorded_at, actor, action, message_id, reason
FROM audit_log
WHERE message_id IN (SELECT message_id FROM payment_journal WHERE message_id = @id OR transaction_id IN (@id, @transaction_id))
ORDER BY recorded_at, message_id, action
