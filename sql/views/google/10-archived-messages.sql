-- The raw archive as messages: what the native Pub/Sub BigQuery subscription wrote, which runs none of the pipeline's code. It delivers
-- at least once, so the same message may stand here twice. A dead-letter attribute on the payments topic is the producer's own and is
-- not believed: dead letters come by another topic, and are not archived again.
CREATE OR REPLACE VIEW archived_messages AS
SELECT
  message_id,
  SHA256(COALESCE(data, FROM_BASE64(''))) AS data_sha256, -- a message may have attributes only
  COALESCE(data, FROM_BASE64('')) AS data,
  publish_time AS published_at,
  CAST(NULL AS TIMESTAMP) AS dead_letter_published_at,
  attributes,
  subscription_name AS source,
  CAST(NULL AS INT64) AS line_number
FROM raw_messages
