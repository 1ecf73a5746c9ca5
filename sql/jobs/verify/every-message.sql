-- Every message of a part, in the place of the exceptions: a verification speaks of all, and relies on no comparison.
SELECT message_id, data_sha256 FROM reconcile_archived WHERE data_sha256 >= @first_hash AND (@is_last OR data_sha256 < @next_hash)
UNION DISTINCT
SELECT message_id, data_sha256 FROM payment_journal WHERE data_sha256 >= @first_hash AND (@is_last OR data_sha256 < @next_hash)
UNION DISTINCT
SELECT message_id, data_sha256 FROM payment_transactions WHERE data_sha256 >= @first_hash AND (@is_last OR data_sha256 < @next_hash)
