-- A posting run whose ledger rows no longer equal its control totals, in the booking date that they have.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, CONCAT(@break_type, ':', SUBSTR(TO_HEX(SHA256(identified_by)), 1, 16)), @break_type,
  CASE WHEN since < @error_before THEN 'error' ELSE @severity END, transaction_id, message_id, currency, amount, since, detail, @next_step
FROM (
  SELECT CAST(NULL AS STRING) AS transaction_id, CAST(NULL AS STRING) AS message_id, currency, CAST(NULL AS NUMERIC(38,9)) AS amount, posted_at AS since,
    CONCAT('Run ', CAST(run AS STRING), ' posted into ', CAST(booking_date AS STRING), ' ', CAST(expected AS STRING), ' of kind ', kind, ' in ', currency, ' (', CAST(expected_minor AS STRING), ' minor units), the ledger holds ', CAST(found AS STRING), ' (', CAST(found_minor AS STRING), ').') AS detail,
    CONCAT(CAST(run AS STRING), ' ', CAST(booking_date AS STRING), ' ', currency, ' ', kind) AS identified_by
  FROM (
    SELECT run, booking_date, currency, kind, SUM(expected) AS expected, SUM(found) AS found, SUM(expected_minor) AS expected_minor, SUM(found_minor) AS found_minor,
      SUM(expected_net) AS expected_net, SUM(found_net) AS found_net, MAX(posted_at) AS posted_at
    FROM (
      SELECT total.run, total.booking_date, total.currency, total.kind, total.postings AS expected, 0 AS found, total.gross_minor AS expected_minor, CAST('0' AS NUMERIC(38,9)) AS found_minor,
        total.net_minor AS expected_net, CAST('0' AS NUMERIC(38,9)) AS found_net, run.posted_at
      FROM posting_totals AS total
      JOIN posting_runs AS run ON run.run = total.run
      WHERE total.booking_date >= @booked_from
      UNION ALL
      SELECT posting_run, booking_date, currency, kind, 0, COUNT(*), CAST('0' AS NUMERIC(38,9)), SUM(CAST(amount_minor AS NUMERIC(38,9))), CAST('0' AS NUMERIC(38,9)), SUM(CAST(effect_minor AS NUMERIC(38,9))), MAX(posted_at)
      FROM payment_transactions
      WHERE booking_date >= @booked_from
      GROUP BY posting_run, booking_date, currency, kind
    )
    GROUP BY run, booking_date, currency, kind
  )
  WHERE expected <> found OR expected_minor <> found_minor OR expected_net <> found_net
)
