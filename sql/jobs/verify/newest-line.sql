-- By which it is said what may be on its way, as in the view message_dispositions.
SELECT MAX(journaled_at) AS journaled_at FROM payment_journal
