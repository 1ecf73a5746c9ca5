-- A row for each missing message that was published again, once all of them are.
INSERT INTO audit_log (effective_at, recorded_at, actor, action, message_id, data_sha256, reason)
SELECT @effective_at, @recorded_at, @actor, 'republished', message_id, data_sha256, @reason FROM reconcile_missing
