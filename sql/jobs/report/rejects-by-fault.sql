-- Rejected messages that wait for a person, by their first fault, each with its oldest example.
WITH unresolved AS (
  SELECT break_id, message_id, since
  FROM reconciliation_breaks
  WHERE reconciliation = @reconciliation AND break_type = 'rejected_unresolved'
),
line AS (
  SELECT message_id, source, line_number, faults
  FROM payment_journal
  WHERE outcome = 'rejected' AND message_id IN (SELECT message_id FROM unresolved)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY message_id ORDER BY journaled_at, data_sha256) = 1
),
named AS (
  SELECT COALESCE(JSON_VALUE(line.faults, '$[0].code'), 'not_known') AS code, JSON_VALUE(line.faults, '$[0].field') AS field,
    JSON_VALUE(line.faults, '$[0].found') AS found, JSON_VALUE(line.faults, '$[0].fix') AS fix,
    unresolved.break_id, unresolved.message_id, unresolved.since, line.source, line.line_number
  FROM unresolved
  LEFT JOIN line ON line.message_id = unresolved.message_id
),
counted AS (
  SELECT code, field, found, fix, break_id, message_id, since, source, line_number, COUNT(*) OVER (PARTITION BY code) AS messages,
    ROW_NUMBER() OVER (PARTITION BY code ORDER BY CASE WHEN since IS NULL THEN 1 ELSE 0 END, since, break_id) AS place
  FROM named
)
SELECT code, field, found, fix, message_id, since, source, line_number, messages, COUNT(*) OVER () AS codes
FROM counted
WHERE place = 1
ORDER BY messages DESC, code
LIMIT @list_limit
