-- Keys of payments that stand in the ledger more than once.
SELECT identity_key
FROM payment_transactions
WHERE booking_date >= @booked_from AND journaled_at >= @journaled_from
GROUP BY identity_key
HAVING COUNT(*) > 1
