-- What matched is published and posted. Zero where there is no message at all: DuckDB's COUNTIF of nothing is null.
SELECT
  COALESCE(COUNTIF(is_published), 0) + CAST((SELECT COALESCE(SUM(messages), 0) FROM reconcile_matched) AS INT64) AS messages_published,
  COALESCE(COUNTIF(disposition = 'posted'), 0) + CAST((SELECT COALESCE(SUM(messages), 0) FROM reconcile_matched) AS INT64) AS messages_posted,
  COALESCE(COUNTIF(disposition = 'duplicate'), 0) AS messages_duplicate,
  COALESCE(COUNTIF(disposition = 'conflict'), 0) AS messages_conflict,
  COALESCE(COUNTIF(disposition = 'pending'), 0) AS messages_pending,
  COALESCE(COUNTIF(disposition = 'rejected'), 0) AS messages_rejected,
  COALESCE(COUNTIF(disposition = 'missing'), 0) AS messages_missing
FROM reconcile_messages
