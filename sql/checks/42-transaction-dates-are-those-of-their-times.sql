SELECT transaction_id, event_time, event_date FROM payment_transactions WHERE event_date <> DATE(event_time, 'UTC')
