-- Control totals by currency and kind. Published, rejected and missing money is what the archive says, posted money what the ledger
-- says, the rest what the journal says: never one of them for another.
INSERT INTO reconciliation_totals (reconciliation, currency, kind, disposition, messages, gross, net)
SELECT @reconciliation, COALESCE(currency, 'unknown'), COALESCE(kind, 'unknown'), disposition, CAST(SUM(messages) AS INT64),
  COALESCE(SUM(gross), CAST('0' AS NUMERIC(38,9))), COALESCE(SUM(net), CAST('0' AS NUMERIC(38,9)))
FROM (
  SELECT 'published' AS disposition, currency, kind, messages, published_gross AS gross, published_net AS net FROM reconcile_matched
  UNION ALL
  SELECT 'posted', currency, kind, messages, posted_gross, posted_net FROM reconcile_matched
  UNION ALL
  SELECT 'published', currency, kind, 1, amount, effect FROM reconcile_messages WHERE is_published
  UNION ALL
  SELECT 'posted', currency, kind, 1, amount, effect FROM reconcile_postings
  UNION ALL
  SELECT disposition,
    CASE WHEN identity_key IS NULL OR disposition = 'rejected' THEN currency ELSE line_currency END,
    CASE WHEN identity_key IS NULL OR disposition = 'rejected' THEN kind ELSE line_kind END,
    1,
    CASE WHEN identity_key IS NULL OR disposition = 'rejected' THEN amount ELSE line_amount END,
    CASE WHEN identity_key IS NULL OR disposition = 'rejected' THEN effect ELSE line_effect END
  FROM reconcile_messages
  WHERE disposition <> 'posted' AND is_published
)
GROUP BY 2, 3, 4
