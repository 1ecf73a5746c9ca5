INSERT INTO posting_head (run, attempt, booking_date)
SELECT 0, 'none yet', @first_day
WHERE NOT EXISTS (SELECT 1 FROM posting_head)
