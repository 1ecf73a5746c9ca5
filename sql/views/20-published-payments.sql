-- What the producers published, read from the archive's bytes in SQL alone: the independent side of the reconciliation. Money is
-- exact: the decimal text of `amount`, or `amount_minor` shifted by its exponent. Null where it can't be read, or can't be money:
-- below zero or above 10^15, which no payment may be, and whose sums would not fit. What is no currency or kind is not shown: a card
-- number or an address may have slipped in there. What is no UTF-8 or no strict JSON says nothing at all.
CREATE OR REPLACE VIEW published_payments AS
SELECT
  message_id, data_sha256, published_at, dead_letter_published_at, source, line_number,
  transaction_id, kind, currency, amount,
  CASE
    WHEN kind IN ('payment', 'refund_reversal', 'chargeback_reversal') THEN amount
    WHEN kind IN ('refund', 'chargeback', 'second_chargeback', 'fee', 'payout') THEN -amount
  END AS effect
FROM (
  SELECT message_id, data_sha256, published_at, dead_letter_published_at, source, line_number, transaction_id, kind, currency,
    CASE WHEN amount BETWEEN 0 AND 1000000000000000 THEN amount END AS amount
  FROM (
    SELECT message_id, data_sha256, published_at, dead_letter_published_at, source, line_number, transaction_id,
      CASE
        WHEN kind IS NULL THEN 'payment'
        WHEN kind IN ('payment', 'refund', 'refund_reversal', 'chargeback', 'chargeback_reversal', 'second_chargeback', 'fee', 'payout') THEN kind
        ELSE 'unknown'
      END AS kind,
      CASE WHEN LENGTH(currency) <= 3 THEN currency END AS currency,
      COALESCE(
        SAFE_CAST(amount AS NUMERIC(38,9)),
        SAFE_CAST(CASE WHEN REGEXP_CONTAINS(amount_minor, '^[0-9]{1,16}$') THEN amount_minor END AS INT64) * CASE amount_exponent
          WHEN '0' THEN CAST('1' AS NUMERIC(38,9))
          WHEN '1' THEN CAST('0.1' AS NUMERIC(38,9))
          WHEN '2' THEN CAST('0.01' AS NUMERIC(38,9))
          WHEN '3' THEN CAST('0.001' AS NUMERIC(38,9))
          WHEN '4' THEN CAST('0.0001' AS NUMERIC(38,9))
        END
      ) AS amount
    FROM (
      SELECT message_id, data_sha256, published_at, dead_letter_published_at, source, line_number,
        JSON_VALUE(payment, '$.transaction_id') AS transaction_id,
        JSON_VALUE(payment, '$.kind') AS kind,
        JSON_VALUE(payment, '$.currency') AS currency,
        JSON_VALUE(payment, '$.amount') AS amount,
        JSON_VALUE(payment, '$.amount_minor') AS amount_minor,
        JSON_VALUE(payment, '$.amount_exponent') AS amount_exponent
      FROM (
        SELECT message_id, data_sha256, published_at, dead_letter_published_at, source, line_number,
          SAFE.PARSE_JSON(text, wide_number_mode => 'round') AS payment
        FROM (
          SELECT message_id, data_sha256, published_at, dead_letter_published_at, source, line_number,
            -- One byte order mark before it is no part of it. More say nothing, though PARSE_JSON would skip one.
            CASE
              WHEN NOT STARTS_WITH(decoded, CHR(65279)) THEN decoded
              WHEN NOT STARTS_WITH(decoded, CONCAT(CHR(65279), CHR(65279))) THEN SUBSTR(decoded, 2)
            END AS text
          FROM (
            SELECT message_id, data_sha256, published_at, dead_letter_published_at, source, line_number,
              -- SAFE_CONVERT alone would put U+FFFD for what is no UTF-8.
              CASE WHEN SAFE_CAST(data AS STRING) IS NOT NULL THEN SAFE_CONVERT_BYTES_TO_STRING(data) END AS decoded
            FROM archived_messages
          )
        )
      )
    )
  )
)
