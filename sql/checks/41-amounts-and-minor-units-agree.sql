-- An amount is its minor units shifted by the currency's exponent: 0, 1, 2, 3 or 4 places, the same for a whole currency.
SELECT currency, MIN(transaction_id) AS transaction_id, COUNT(*) AS postings
FROM payment_transactions
WHERE amount <> 0 OR amount_minor <> 0
GROUP BY currency
HAVING COUNTIF(amount <> CAST(amount_minor AS NUMERIC(38,9))) > 0
  AND COUNTIF(amount * 10 <> CAST(amount_minor AS NUMERIC(38,9))) > 0
  AND COUNTIF(amount * 100 <> CAST(amount_minor AS NUMERIC(38,9))) > 0
  AND COUNTIF(amount * 1000 <> CAST(amount_minor AS NUMERIC(38,9))) > 0
  AND COUNTIF(amount * 10000 <> CAST(amount_minor AS NUMERIC(38,9))) > 0
