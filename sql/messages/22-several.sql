-- Messages of a part that are not one delivery, one line and one ledger row, or that a dead letter is about: what became of them takes
-- more than a comparison.
SELECT message_id, data_sha256
FROM reconcile_archived
WHERE data_sha256 BETWEEN @first_hash AND @last_hash
GROUP BY message_id, data_sha256
HAVING COUNT(*) > 1
UNION DISTINCT
SELECT message_id, data_sha256
FROM payment_journal
WHERE journaled_at >= @journaled_from AND data_sha256 BETWEEN @first_hash AND @last_hash
GROUP BY message_id, data_sha256
HAVING COUNT(*) > 1
UNION DISTINCT
SELECT message_id, data_sha256
FROM payment_transactions
WHERE booking_date >= @booked_from AND journaled_at >= @journaled_from AND data_sha256 BETWEEN @first_hash AND @last_hash
GROUP BY message_id, data_sha256
HAVING COUNT(*) > 1
UNION DISTINCT
SELECT posted.message_id, posted.data_sha256
FROM payment_transactions AS posted
JOIN reconcile_transactions_posted_twice AS twice ON twice.transaction_id = posted.transaction_id
WHERE posted.booking_date >= @booked_from AND posted.journaled_at >= @journaled_from AND posted.data_sha256 BETWEEN @first_hash AND @last_hash
UNION DISTINCT
SELECT dead_letter_id, data_sha256 FROM reconcile_dead_letters
UNION DISTINCT
SELECT original_id, data_sha256 FROM reconcile_dead_letters
