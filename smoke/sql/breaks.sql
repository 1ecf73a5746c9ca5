-- The breaks of a reconciliation that name one of these messages or of this run's payments.
SELECT break_type, severity, transaction_id, message_id
FROM reconciliation_breaks
WHERE reconciliation = @reconciliation
  AND (STARTS_WITH(COALESCE(transaction_id, ''), @prefix) OR STRPOS(@message_ids, CONCAT(' ', COALESCE(message_id, '-'), ' ')) > 0)
