-- Which archived originals each dead letter stands for: same data, published at the same millisecond (a dead letter comes with a new
-- message id). Those without a line of their own share its line; the smallest takes its posting, the others are duplicates of that.
-- Where each has a line, the smallest stands for it.
WITH dead_letters AS (
  SELECT message_id, data_sha256, dead_letter_published_at FROM payment_journal
  WHERE dead_letter_published_at IS NOT NULL AND journaled_at >= @journaled_from AND dead_letter_published_at >= @published_from
  UNION DISTINCT
  SELECT message_id, data_sha256, dead_letter_published_at FROM reconcile_archived WHERE dead_letter_published_at IS NOT NULL
),
originals AS (
  SELECT DISTINCT dead_letters.message_id AS dead_letter_id, dead_letters.data_sha256, original.message_id AS original_id
  FROM dead_letters
  JOIN reconcile_archived AS original
    ON original.data_sha256 = dead_letters.data_sha256
    AND original.dead_letter_published_at IS NULL
    AND DIV(UNIX_MICROS(original.published_at), 1000) = DIV(UNIX_MICROS(dead_letters.dead_letter_published_at), 1000)
),
with_lines AS (
  SELECT DISTINCT line.message_id, line.data_sha256
  FROM payment_journal AS line
  JOIN originals ON originals.original_id = line.message_id AND originals.data_sha256 = line.data_sha256
  WHERE line.journaled_at >= @journaled_from
)
SELECT originals.dead_letter_id, originals.data_sha256, originals.original_id,
  ROW_NUMBER() OVER (
    PARTITION BY originals.dead_letter_id, originals.data_sha256
    ORDER BY CASE WHEN with_lines.message_id IS NULL THEN 0 ELSE 1 END, originals.original_id
  ) = 1 AS takes_posting
FROM originals
LEFT JOIN with_lines ON with_lines.message_id = originals.original_id AND with_lines.data_sha256 = originals.data_sha256
WHERE TRUE
QUALIFY with_lines.message_id IS NULL OR takes_posting
