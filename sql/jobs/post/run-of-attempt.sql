SELECT run, rows_posted, booking_date FROM posting_runs WHERE attempt = @attempt
