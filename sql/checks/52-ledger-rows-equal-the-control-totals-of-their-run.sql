SELECT run, currency, kind, SUM(postings) AS difference, SUM(gross) AS gross_difference, SUM(net) AS net_difference
FROM (
  SELECT run, currency, kind, postings, gross_minor AS gross, net_minor AS net FROM posting_totals
  UNION ALL
  SELECT posting_run, currency, kind, -COUNT(*), -SUM(CAST(amount_minor AS NUMERIC(38,9))), -SUM(CAST(effect_minor AS NUMERIC(38,9)))
  FROM payment_transactions
  GROUP BY posting_run, currency, kind
)
GROUP BY run, currency, kind
HAVING SUM(postings) <> 0 OR SUM(gross) <> 0 OR SUM(net) <> 0
