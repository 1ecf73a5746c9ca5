-- Payments that came after the watermark, and how late: one row a message, whatever was delivered again.
CREATE OR REPLACE VIEW late_payments AS
SELECT transaction_id, message_id, currency, kind, amount, event_time, journaled_at,
  DIV((UNIX_MICROS(journaled_at) - UNIX_MICROS(event_time)), 1000000) AS late_seconds, producer, source, line_number
FROM payment_journal
WHERE outcome = 'late'
QUALIFY ROW_NUMBER() OVER (PARTITION BY message_id, data_sha256 ORDER BY journaled_at) = 1
