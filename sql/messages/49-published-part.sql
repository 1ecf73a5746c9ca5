-- The part of what was published that is being looked at. A dead letter whose original is archived is no message of its own.
SELECT published.message_id, published.data_sha256, published.source, published.line_number, published.published_at, published.transaction_id, published.kind, published.currency, published.amount, published.effect
FROM reconcile_published AS published
JOIN reconcile_bounds AS bounds ON SUBSTR(TO_HEX(published.data_sha256), 1, 2) BETWEEN bounds.first_digits AND bounds.last_digits
WHERE published.dead_letter_published_at IS NULL
  OR NOT EXISTS (SELECT 1 FROM reconcile_dead_letters AS dead_letter WHERE dead_letter.dead_letter_id = published.message_id AND dead_letter.data_sha256 = published.data_sha256)
