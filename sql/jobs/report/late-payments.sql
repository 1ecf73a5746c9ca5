-- The payments that came latest: the longest way from event to journal first.
SELECT transaction_id, message_id, kind, currency, amount, event_time, journaled_at, booking_date, producer,
  UNIX_MICROS(journaled_at) - UNIX_MICROS(event_time) AS delay_micros
FROM payment_transactions
WHERE booking_date BETWEEN @first_day AND @last_day AND posting_run <= @last_run AND outcome = 'late'
ORDER BY delay_micros DESC, transaction_id, message_id, posting_run
LIMIT @list_limit
