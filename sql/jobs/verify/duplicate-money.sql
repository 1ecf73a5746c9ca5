SELECT line.currency, COUNT(*) AS messages, SUM(CAST(line.amount_minor AS NUMERIC(38,9))) AS gross_minor, SUM(CAST(line.effect_minor AS NUMERIC(38,9))) AS net_minor
FROM (
  SELECT copy.message_id, copy.data_sha256, MIN(line.currency) AS currency, MIN(line.amount_minor) AS amount_minor, MIN(line.effect_minor) AS effect_minor
  FROM message_dispositions AS copy
  JOIN payment_journal AS line ON line.message_id = copy.message_id AND line.data_sha256 = copy.data_sha256
  WHERE copy.disposition = 'duplicate'
  GROUP BY copy.message_id, copy.data_sha256
) AS line
GROUP BY line.currency
ORDER BY line.currency
