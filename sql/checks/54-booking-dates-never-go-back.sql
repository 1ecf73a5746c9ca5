SELECT run, booking_date, booked_before
FROM (SELECT run, booking_date, LAG(booking_date) OVER (ORDER BY run) AS booked_before FROM posting_runs)
WHERE booking_date < booked_before
