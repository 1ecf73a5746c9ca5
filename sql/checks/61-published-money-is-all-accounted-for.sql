-- Published less posted, duplicate, conflict, rejected, pending and missing is nothing, in messages and in money, in each currency and kind of the last reconciliation.
SELECT currency, kind, SUM(CASE WHEN disposition = 'published' THEN messages ELSE -messages END) AS messages,
  SUM(CASE WHEN disposition = 'published' THEN gross ELSE -gross END) AS gross, SUM(CASE WHEN disposition = 'published' THEN net ELSE -net END) AS net
FROM reconciliation_totals
WHERE reconciliation = (SELECT MAX(reconciliation) FROM reconciliation_runs)
GROUP BY currency, kind
HAVING SUM(CASE WHEN disposition = 'published' THEN messages ELSE -messages END) <> 0
  OR SUM(CASE WHEN disposition = 'published' THEN gross ELSE -gross END) <> 0
  OR SUM(CASE WHEN disposition = 'published' THEN net ELSE -net END) <> 0
