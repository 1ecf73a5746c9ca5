SELECT message_id, outcome FROM payment_journal
WHERE (outcome = 'rejected') <> (identity_key IS NULL)
  OR (outcome <> 'rejected' AND (fingerprint IS NULL OR amount IS NULL OR amount_minor IS NULL OR effect_minor IS NULL OR currency IS NULL OR kind IS NULL OR event_time IS NULL OR fraud_score IS NULL))
