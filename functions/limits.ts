/** Every bound of the product: its unit, and the failure that it prevents. Settings that users may change are in `config.ts`. */

/** Bytes of one payment's JSON. Prevents one message from filling a batch's memory or a BigQuery row. */
export const MAX_PAYLOAD_BYTES = 64 * 1024;
/** Levels of objects and arrays in a payment. Prevents stack exhaustion in readers less careful than ours. */
export const MAX_NESTING = 8;
/** Bytes of one line of an input file. Prevents a file without line ends from being read into memory whole. */
export const MAX_LINE_BYTES = 1024 * 1024;
/** Bytes that are kept of a line over MAX_LINE_BYTES, beside its length and SHA-256. */
export const OVERSIZED_LINE_KEPT_BYTES = 1024;
/** Bytes of a push request's body: 10 MB of data in base64, and attributes. Prevents a stranger's body from filling the memory. https://cloud.google.com/pubsub/quotas#resource_limits */
export const MAX_PUSH_BODY_BYTES = 16 * 1024 * 1024;
/** Characters (Unicode code points, as JSON Schema counts them) of an id. Prevents ids that no other system can hold. */
export const MAX_ID_LENGTH = 200;
/** Keys in `metadata`, and characters of a value there. Prevents the payload from becoming a document store. */
export const MAX_METADATA_KEYS = 20;
export const MAX_METADATA_VALUE_LENGTH = 500;
/** Minor units. Prevents sums that INT64 can't hold: 9,223 payments of this size still fit. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000_000n;
/** Characters of a fault's `found`. Prevents a bad message from being copied into every report. */
export const MAX_FOUND_LENGTH = 80;
/** Faults reported for one message. Prevents one message from writing a megabyte of faults. */
export const MAX_FAULTS_PER_MESSAGE = 50;
/** Messages looked at before a file that is all rejected is refused: a wrong file is not an hour of rejects. */
export const ALL_REJECTED_AFTER = 1_000;
