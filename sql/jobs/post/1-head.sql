-- Takes the posting head. This one row makes two runs at once conflict: it must always change, so no condition on the run number.
UPDATE posting_head
SET run = run + 1, attempt = @attempt, booking_date = GREATEST(booking_date, @today)
WHERE TRUE
