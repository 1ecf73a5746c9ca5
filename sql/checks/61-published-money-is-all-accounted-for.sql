-- Published less posted, duplicate, conflict, rejected, pending and missing is nothing, in messages and in money, in each currency and kind of the last reconciliation.
SELECT currency, kind, SUM(CASE WHEN disposition = 'published' THEN total.messages ELSE -total.messages END) AS messages,
  SUM(CASE WHEN disposition = 'published' THEN total.gross ELSE -total.gross END) AS gross, SUM(CASE WHEN disposition = 'published' THEN total.net ELSE -total.net END) AS net
FROM reconciliation_totals AS total
WHERE reconciliation = (SELECT MAX(reconciliation) FROM reconciliation_runs)
GROUP BY currency, kind
HAVING SUM(CASE WHEN disposition = 'published' THEN total.messages ELSE -total.messages END) <> 0
  OR SUM(CASE WHEN disposition = 'published' THEN total.gross ELSE -total.gross END) <> 0
  OR SUM(CASE WHEN disposition = 'published' THEN total.net ELSE -total.net END) <> 0
