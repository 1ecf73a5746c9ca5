/**
 * Every end that a message can come to in the pipeline: what the journal line says was decided.
 * (What became of the message in the books is its *disposition*, derived in `message_dispositions`.)
 */
export const OUTCOMES = ['recorded', 'duplicate', 'conflict', 'late', 'rejected', 'dead_lettered'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Remarks on a message that change nothing about its outcome. Kept on the line, comma-separated, in this order. */
export const FLAGS = ['clock_skew', 'card_data_seen', 'original_missing', 'unknown_fields'] as const;
export type Flag = (typeof FLAGS)[number];
