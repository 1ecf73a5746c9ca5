-- Valid messages that the ledger doesn't name: few, beside those that it does.
SELECT message_id, data_sha256, identity_key
FROM reconcile_journaled
WHERE NOT names_it AND identity_key IS NOT NULL
