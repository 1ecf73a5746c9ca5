-- From which day on the ledger has to be read at all for copies, and for payments posted twice; null where there are none.
SELECT
  MIN(CASE WHEN unposted.identity_key IS NOT NULL THEN identities.first_booked END) AS copies,
  MIN(CASE WHEN identities.postings > 1 THEN identities.first_booked END) AS doubles
FROM reconcile_identities AS identities
LEFT JOIN (SELECT DISTINCT identity_key FROM reconcile_unposted) AS unposted ON unposted.identity_key = identities.identity_key
