/** List prices in USD, us-central1, beyond free tiers, as the vendor's pages gave them in November 2026. */
export const PRICES = {
  /** Publish and push delivery, a TiB; at least 1 KB a request. https://cloud.google.com/pubsub/pricing */
  pubsub_tib: 40,
  /** BigQuery subscription, a TiB. Same page. */
  pubsub_bigquery_tib: 50,
  /** Retained messages, a GiB and month. Same page. */
  pubsub_retention_gib_month: 0.27,
  /** Cloud Run requests, a million. https://cloud.google.com/run/pricing */
  requests_million: 0.4,
  vcpu_second: 0.000024,
  gib_second: 0.0000025,
  /** Firestore Standard, 100,000 operations. https://cloud.google.com/firestore/pricing */
  firestore_writes_100k: 0.09,
  firestore_reads_100k: 0.03,
  firestore_deletes_100k: 0.01,
  firestore_gib_month: 0.15,
  /** Firestore Enterprise, a million units: writes of 1 KiB (TTL deletes are taken for one each), reads of 4 KiB; no index is kept unless asked for. https://cloud.google.com/products/firestore */
  enterprise_write_units_million: 0.26,
  enterprise_read_units_million: 0.05,
  enterprise_gib_month: 0.24,
  /** insertAll, 200 MiB, at least 1 KB a row. https://cloud.google.com/bigquery/pricing */
  insert_all_200_mib: 0.01,
  /** On-demand queries, a TiB read; at least 10 MB a table. Same page. */
  query_tib: 6.25,
  storage_active_gib_month: 0.02,
  /** After 90 days without a change of the partition. */
  storage_long_term_gib_month: 0.01,
  /** https://cloud.google.com/scheduler/pricing */
  scheduler_job_month: 0.1,
  /** https://cloud.google.com/products/observability/pricing */
  logging_gib: 0.5,
} as const;

/**
 * A streaming Dataflow pipeline in its place, us-central1: workers run all the time, and Streaming Engine by the GiB.
 * https://cloud.google.com/dataflow/pricing
 */
export const DATAFLOW = {
  /** n1-standard-2: 2 vCPU at $0.069 and 7.5 GiB at $0.003557 an hour, for 730 hours. */
  worker_month: (2 * 0.069 + 7.5 * 0.003557) * 730,
  /** Streaming Engine, reading and writing, a million messages of 1 KB. */
  million_messages: 0.11,
  /** Messages a month that one such worker carries (half of 1,000 a second). */
  worker_messages_month: 500 * 86_400 * 30,
} as const;

export const GIB = 2 ** 30;
export const TIB = 2 ** 40;
export const MIB = 2 ** 20;
