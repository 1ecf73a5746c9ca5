-- Control totals of one reconciliation, by currency, kind and disposition.
SELECT currency, kind, disposition, messages, gross, net
FROM reconciliation_totals
WHERE reconciliation = @reconciliation
ORDER BY currency, kind, disposition
