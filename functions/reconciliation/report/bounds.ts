/** How much of each list a report carries. What is left out is counted and said. */

/** Breaks in a report: all formats together. Prevents a day of bad input from making a report that nobody can open. */
export const MAX_BREAKS = 1_000;
/** Breaks printed one by one on a terminal, and in the HTML file. Prevents the first screens from being pushed away. */
export const MAX_BREAKS_IN_TEXT = 20;
export const MAX_BREAKS_IN_HTML = 200;
/** Conflicts shown field by field. */
export const MAX_CONFLICTS = 50;
export const MAX_CONFLICTS_IN_TEXT = 10;
/** Fault codes among the rejected messages, each with one example. */
export const MAX_FAULT_CODES = 50;
export const MAX_FAULT_CODES_IN_TEXT = 15;
/** Late payments shown one by one, the latest first. */
export const MAX_LATE_PAYMENTS = 50;
export const MAX_LATE_PAYMENTS_IN_TEXT = 10;
/** Booking days, the newest first. Two months. */
export const MAX_BOOKING_DAYS = 62;
export const MAX_BOOKING_DAYS_IN_TEXT = 14;
/** Posting runs, the newest first. */
export const MAX_POSTING_RUNS = 100;
export const MAX_POSTING_RUNS_IN_TEXT = 10;
/** Missing messages that were published again. */
export const MAX_REPUBLISHED_LISTED = 50;
export const MAX_REPUBLISHED_IN_TEXT = 10;
/** Characters of one text from a message or a break. Prevents one bad message from filling the report. */
export const MAX_TEXT_LENGTH = 500;
/** Currencies written out in full on a terminal; ISO 4217 has fewer than 180, so more are only in a ledger with broken codes. */
export const MAX_AMOUNT_ROWS = 200;

/** The short report: about one screen. What is left out is counted and said, and stands in the whole report. */
export const SHORT_CURRENCIES = 8;
/** Where the totals are too wide for one table and stand in two. */
export const SHORT_CURRENCIES_IN_TWO = 5;
/** Currencies that don't tie out. */
export const SHORT_DIFFERENCES = 8;
export const SHORT_DUPLICATES = 4;
/** Types of breaks, the gravest first. */
export const SHORT_BREAK_TYPES = 6;
export const SHORT_CONFLICTS = 3;
export const SHORT_REJECTS = 3;
