-- Which archived original each dead letter stands for: same data, published at the same millisecond. A dead letter comes with a new
-- message id. Of several equal originals the smallest without a line of its own takes it.
WITH dead_letters AS (
  SELECT message_id, data_sha256, dead_letter_published_at FROM payment_journal WHERE dead_letter_published_at IS NOT NULL
  UNION DISTINCT
  SELECT message_id, data_sha256, dead_letter_published_at FROM reconcile_published WHERE dead_letter_published_at IS NOT NULL
)
SELECT dead_letters.message_id AS dead_letter_id, dead_letters.data_sha256, original.message_id AS original_id
FROM dead_letters
JOIN reconcile_published AS original
  ON original.data_sha256 = dead_letters.data_sha256
  AND original.dead_letter_published_at IS NULL
  AND DIV(UNIX_MICROS(original.published_at), 1000) = DIV(UNIX_MICROS(dead_letters.dead_letter_published_at), 1000)
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY dead_letters.message_id, dead_letters.data_sha256
  ORDER BY
    CASE WHEN EXISTS (SELECT 1 FROM payment_journal AS own WHERE own.message_id = original.message_id AND own.data_sha256 = original.data_sha256) THEN 1 ELSE 0 END,
    original.message_id
) = 1
