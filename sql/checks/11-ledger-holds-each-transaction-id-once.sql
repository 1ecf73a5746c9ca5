SELECT transaction_id, COUNT(*) AS postings FROM payment_transactions GROUP BY transaction_id, CASE WHEN @transaction_id_is_identity THEN '' ELSE TO_HEX(identity_key) END HAVING COUNT(*) > 1
