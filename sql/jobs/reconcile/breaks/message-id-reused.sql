-- One message id with different data: ids of messages must be unique.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  -- Of a message that matched, only the id may stand again: in the archive, or where nothing was published. (Counted, not compared by MIN and
  -- MAX, whose texts DuckDB would all hold in memory.)
  WITH again AS (
    SELECT message_id FROM reconcile_archived GROUP BY message_id HAVING COUNT(*) > 1
    UNION DISTINCT
    SELECT message_id FROM reconcile_messages WHERE NOT is_published
  )
  SELECT MIN(transaction_id) AS transaction_id, message_id, CAST(NULL AS STRING) AS currency, CAST(NULL AS NUMERIC(38,9)) AS amount, MIN(since) AS since,
    CONCAT('This message id was used for ', CAST(COUNT(*) AS STRING), ' different messages.') AS detail, message_id AS identified_by
  FROM (
    SELECT message_id, transaction_id, COALESCE(published_at, journaled_at) AS since FROM reconcile_messages
    UNION ALL
    SELECT archived.message_id, archived.transaction_id, archived.published_at AS since
    FROM reconcile_archived AS archived
    JOIN again ON again.message_id = archived.message_id
    LEFT JOIN reconcile_exceptions AS exception ON exception.message_id = archived.message_id AND exception.data_sha256 = archived.data_sha256
    WHERE exception.message_id IS NULL
  )
  GROUP BY message_id
  HAVING COUNT(*) > 1
)
