-- Totals of what matched: published money is what the archive says, posted money what the ledger says.
SELECT currency, kind, COUNT(*) AS messages, SUM(amount) AS published_gross, SUM(effect) AS published_net, SUM(posted_amount) AS posted_gross, SUM(posted_effect) AS posted_net
FROM reconcile_compared
WHERE is_matched
GROUP BY currency, kind
