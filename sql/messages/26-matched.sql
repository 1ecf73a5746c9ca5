-- Totals of what matched: published money is what the archive says, posted money what the ledger says.
SELECT currency, kind, messages, published_gross, published_net, posted_gross, posted_net
FROM reconcile_compared
WHERE is_matched
