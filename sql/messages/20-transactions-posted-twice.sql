-- Transaction ids that stand in the ledger more than once.
SELECT transaction_id
FROM payment_transactions
WHERE booking_date >= @booked_from AND journaled_at >= @journaled_from
GROUP BY transaction_id
HAVING COUNT(*) > 1
