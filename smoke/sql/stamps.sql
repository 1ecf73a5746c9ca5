-- Journal lines that the store has not stamped, or stamped ahead of its clock.
SELECT COUNTIF(journaled_at IS NULL) AS without_stamp, COUNTIF(journaled_at > CURRENT_TIMESTAMP()) AS ahead FROM payment_journal
