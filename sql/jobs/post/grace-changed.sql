-- When the orphan grace was last changed, by the store's clock.
SELECT MAX(effective_at) AS changed_at FROM audit_log WHERE action = 'setting_changed' AND setting = 'orphan_grace'
