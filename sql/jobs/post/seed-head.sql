INSERT INTO posting_head (run, attempt, booking_date)
SELECT 0, 'none yet', @first_day
FROM (SELECT COUNT(*) AS heads FROM posting_head)
WHERE heads = 0
