-- For every message at once: one that is archived and in no line is on its way within an hour of the newest line, as by the default of missing_after.
SELECT FALSE AS is_behind, TIMESTAMP_MICROS(newest - 3600000000) AS missing_before, TIMESTAMP_MICROS(newest + 3600000000) AS ahead_after, '' AS first_digits, 'ff' AS last_digits
FROM (SELECT MAX(UNIX_MICROS(journaled_at)) AS newest FROM payment_journal)
