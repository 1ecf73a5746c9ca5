SELECT message_id FROM payment_journal WHERE (outcome = 'rejected') <> (faults IS NOT NULL)
