SELECT
  COUNTIF(is_published) AS messages_published,
  COUNTIF(disposition = 'posted') AS messages_posted,
  COUNTIF(disposition = 'duplicate') AS messages_duplicate,
  COUNTIF(disposition = 'conflict') AS messages_conflict,
  COUNTIF(disposition = 'pending') AS messages_pending,
  COUNTIF(disposition = 'rejected') AS messages_rejected,
  COUNTIF(disposition = 'missing') AS messages_missing
FROM reconcile_messages
