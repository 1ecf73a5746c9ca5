-- The raw archive as messages, read from the bytes alone: the witness that runs none of the pipeline's code. One machine only; on
-- Google Cloud a view of the same columns reads what the Pub/Sub subscription wrote. So functions that BigQuery lacks may stand
-- here (strict_json, envelope_fields, json_text, strict_base64, rfc3339: functions/adapters/embedded/archive-macros.ts).
-- An envelope is a strict JSON object with an object `message`; any other line is a bare payment, or nothing known.
CREATE OR REPLACE VIEW archived_messages AS
SELECT
  message_id,
  COALESCE(line_sha256, SHA256(data)) AS data_sha256,
  data,
  published_at,
  dead_letter_published_at,
  CAST(attributes AS STRING) AS attributes,
  source,
  line_number
FROM (
  SELECT
    source,
    line_number,
    line_sha256,
    COALESCE(NULLIF(json_text(fields.message.messageId), ''), NULLIF(json_text(fields.message.message_id), ''), source || ':' || CAST(line_number AS STRING)) AS message_id,
    COALESCE(strict_base64(data_text), line) AS data,
    COALESCE(rfc3339(published), rfc3339(published_otherwise)) AS published_at,
    rfc3339(dead_letter_published) AS dead_letter_published_at,
    attributes
  FROM (
    SELECT
      source, line_number, line, line_sha256, fields,
      json_text(fields.message.data) AS data_text,
      json_text(CASE WHEN is_envelope THEN fields.message.publishTime ELSE fields.event_time END) AS published,
      json_text(fields.message.publish_time) AS published_otherwise,
      CASE WHEN STARTS_WITH(fields.message.attributes, '{') THEN fields.message.attributes END AS attributes,
      CASE WHEN STARTS_WITH(fields.message.attributes, '{') THEN json_text(JSON_QUERY(fields.message.attributes, '$.CloudPubSubDeadLetterSourceTopicPublishTime')) END AS dead_letter_published
    FROM (
      SELECT
        source, line_number, line, line_sha256,
        json_type(json, '$.message') = 'OBJECT' AS is_envelope,
        envelope_fields(json) AS fields
      FROM (
        SELECT source, line_number, line, line_sha256, strict_json(text) AS json
        FROM (
          -- Of a line over the limit only the first bytes are here: nothing to be read.
          SELECT source, line_number, line, line_sha256, CASE WHEN line_sha256 IS NULL THEN SAFE_CONVERT_BYTES_TO_STRING(line) END AS text
          FROM raw_messages
        )
      )
    )
  )
)
