-- Each setting's value as it was last audited.
SELECT setting, new_value
FROM audit_log
WHERE action = 'setting_changed' AND setting IS NOT NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY setting ORDER BY effective_at DESC, recorded_at DESC, new_value) = 1
