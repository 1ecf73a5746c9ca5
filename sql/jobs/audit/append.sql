INSERT INTO audit_log (effective_at, recorded_at, actor, action, message_id, data_sha256, setting, old_value, new_value, reason)
VALUES (@effective_at, @recorded_at, @actor, @action, @message_id, @data_sha256, @setting, @old_value, @new_value, @reason)
