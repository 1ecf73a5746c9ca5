SELECT TO_HEX(identity_key) AS identity_key, COUNT(*) AS postings FROM payment_transactions GROUP BY identity_key HAVING COUNT(*) > 1
