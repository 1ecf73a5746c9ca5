/** Every bound of the smoke test: its unit, and the failure that it prevents. */

/** Milliseconds that one wait may take, where the command line says nothing else. A new stack's first instances, first stream and first grants take minutes. */
export const WAIT_MILLISECONDS = 15 * 60_000;
/** Milliseconds between two looks at the books. Each is a query of its own: prevents a bill for impatience. */
export const LOOK_EVERY_MILLISECONDS = 2_000;
/** Milliseconds between two rounds of a job. Prevents posting from being started again before the last round can have ended; a stack leaves rows alone for 60 s (PAYMENTS_SETTLE), so the second or third round takes them. */
export const ROUND_MILLISECONDS = 30_000;
/** Seconds within which a streamed row must show: a posting leaves the newest 60 s alone. */
export const VISIBLE_SECONDS = 60;
/** Payments at least: one of each sort must be among them. */
export const LEAST_PAYMENTS = 8;
/** Payments at most. Prevents a test from becoming a load test: `npm run bench:load` is one. */
export const MOST_PAYMENTS = 500;
/** Ledger rows of others from which on the books are live. Prevents test payments in the books of a company. */
export const LIVE_FROM_ROWS = 1_000;
/** Lines of one message from which on it was not acknowledged. Pub/Sub may deliver a message twice; without an acknowledgement it comes for the third time within a minute. */
export const MOST_LINES = 2;
/** Dead letters that are looked through for ours. Prevents a long list from outliving the time in which they are ours. */
export const DEAD_LETTERS_LOOKED_AT = 100;
/** Milliseconds until a call to one of Google's APIs is given up. Prevents a check from hanging. */
export const CALL_MILLISECONDS = 20_000;
/** Ids that a message names at most. Prevents a screen full of them. */
export const IDS_SHOWN = 3;
/** Milliseconds between two reconciliations of a run. One takes a minute or two; figures of a new subscription reach Cloud Monitoring within four. */
export const RECONCILE_ROUND_MILLISECONDS = 120_000;
