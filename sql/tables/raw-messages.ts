import { nullable, required, type TableDescription } from './description.ts';

/** One machine only: on Google Cloud a native BigQuery subscription writes an archive of another shape. */
export const rawMessages: TableDescription = {
  name: 'raw_messages',
  description: 'Every line as it was published, byte for byte, written by a splitter that runs none of the pipeline.',
  only: 'embedded',
  columns: [
    required('source', 'STRING', 'Name of the file or segment.'),
    required('line_number', 'INT64', 'Physical line, from 1. Blank lines are left out.'),
    required('line', 'BYTES', 'The line without its end; of a line over the limit the first 1,024 bytes.'),
    required('line_bytes', 'INT64', 'Length of the whole line in bytes.'),
    nullable('line_sha256', 'BYTES', 'SHA-256 of the whole line, where it was over the limit.'),
  ],
};

/** Google Cloud only: written by the native Pub/Sub BigQuery subscription, with its metadata. https://cloud.google.com/pubsub/docs/bigquery */
export const rawMessagesFromPubsub: TableDescription = {
  name: 'raw_messages',
  description: 'Every message as it was published, byte for byte, written by a Pub/Sub subscription that runs none of the pipeline. At least once.',
  only: 'google',
  partitionBy: 'publish_time',
  clusterBy: ['message_id'],
  partitionExpiryDays: 400,
  columns: [
    nullable('subscription_name', 'STRING', 'The subscription that wrote the row.'),
    nullable('message_id', 'STRING', 'Given by Pub/Sub when the message was published.'),
    nullable('publish_time', 'TIMESTAMP', 'When Pub/Sub took the message in.'),
    nullable('data', 'BYTES', 'The bytes as published.'),
    nullable('attributes', 'STRING', 'JSON object of the attributes as published.'),
  ],
};

/** One machine only: how far each of the two readers has come. */
export const sourceCheckpoints: TableDescription = {
  name: 'source_checkpoints',
  description: 'How far each reader has come in each source; written in the transaction of the rows it speaks of.',
  only: 'embedded',
  columns: [
    required('source', 'STRING', 'Name of the file or segment.'),
    required('reader', 'STRING', 'archive or pipeline.'),
    required('bytes_read', 'INT64', 'Bytes consumed, after decompression.'),
    required('lines_read', 'INT64', 'Physical lines consumed.'),
    required('messages_read', 'INT64', 'Lines that were messages (not blank).'),
    required('prefix_sha256', 'BYTES', 'SHA-256 of the bytes consumed: the same source must begin with them.'),
    required('finished', 'BOOL', 'The end of the source was reached.'),
    nullable('real_clock', 'TIMESTAMP', 'The real clock when the first ingest of this source began; pipeline only.'),
  ],
};

/** One machine only: what fixes a data directory. */
export const storeInfo: TableDescription = {
  name: 'store_info',
  description: 'Facts about this store, by name.',
  only: 'embedded',
  columns: [
    required('name', 'STRING', 'version, schema (a hash of all that is created), clock_mode, clock, last_stamp or a setting in force (setting.NAME).'),
    required('value', 'STRING', 'Its value.'),
  ],
};
