-- Messages with several journal lines: few, and only they need their lines put together.
SELECT COALESCE(dead_letter.original_id, line.message_id) AS message_id, line.data_sha256
FROM payment_journal AS line
JOIN reconcile_exceptions AS exception ON exception.message_id = line.message_id AND exception.data_sha256 = line.data_sha256
LEFT JOIN reconcile_dead_letters AS dead_letter ON dead_letter.dead_letter_id = line.message_id AND dead_letter.data_sha256 = line.data_sha256
WHERE line.journaled_at >= @journaled_from AND COALESCE(line.dead_letter_published_at, line.published_at, line.journaled_at) >= @published_from
GROUP BY 1, 2
HAVING COUNT(*) > 1
