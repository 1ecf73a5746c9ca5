/** One thing wrong with a message: which field, what was found there, and what the producer should send instead. */
export interface Fault {
  /** A stable name to count by, e.g. `amount_is_a_number`, `currency_unknown`, `not_json`. */
  readonly code: string;
  /** The field's path (`amount`, `metadata.order`), or empty for the message as a whole. */
  readonly field: string;
  /** What was found, cut to a safe length and with card data masked. */
  readonly found: string;
  /** What to send instead. */
  readonly fix: string;
}
