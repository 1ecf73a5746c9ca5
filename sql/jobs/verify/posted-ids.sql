-- The next ids in the ledger, in order, so many at a time: all of ten million at once took gigabytes.
SELECT transaction_id, identity_key
FROM payment_transactions
WHERE transaction_id > @after_id OR (transaction_id = @after_id AND identity_key > @after_key)
ORDER BY transaction_id, identity_key
LIMIT @list_limit
