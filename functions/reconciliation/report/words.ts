/** Words for people who have never seen the system: one line each. */

export const DISPOSITIONS = ['posted', 'duplicate', 'conflict', 'pending', 'rejected', 'missing'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const DISPOSITION_MEANING: Readonly<Record<Disposition, string>> = {
  posted: 'In the ledger, counted once.',
  duplicate: 'A further copy of a payment; not counted again.',
  conflict: 'A copy with other money or parties; a person decides.',
  pending: 'Received and valid; waits for a posting.',
  rejected: 'Not readable as a payment; its producer must correct it.',
  missing: 'Published, but never processed; must be found.',
};

/** Ageing of breaks, in whole days since they are open. The words are those of `breaks-by-type.sql`. */
export const AGES = ['0-1', '2-7', '8-30', 'over 30', 'unknown'] as const;
export type Age = (typeof AGES)[number];

/** What each type of break is, in a few plain words. */
const BREAK_TITLE: Readonly<Record<string, string>> = {
  missing_message: 'Published, but never processed',
  phantom_line: 'Processed, but never published',
  phantom_posting: 'In the ledger, but never published',
  double_posting: 'In the ledger twice',
  money_mismatch: 'Published with other money than recorded',
  claim_breach: 'One payment recorded from two messages',
  message_id_reused: 'One message id used for two messages',
  id_reused_across_kinds: 'One transaction id used for two kinds of payment',
  rejected_unresolved: 'Rejected, not yet corrected',
  conflict_open: 'Copies that disagree, not yet decided',
  over_refund: 'Refunded more than was paid',
  clock_skew: 'Dated ahead of our clock',
  posted_by_grace: 'Posted from a copy: its first message never came back',
  card_data_seen: 'Card data where none may be sent',
  missing_posting: 'A posting run no longer adds up',
  pending_overdue: 'Waiting to be posted for too long',
};

/** The plain words for a break type; a type that is not known here keeps its name. */
export function breakTitle(type: string): string {
  return Object.hasOwn(BREAK_TITLE, type) ? BREAK_TITLE[type]! : type;
}

/** The types that have plain words. */
export const TITLED_BREAK_TYPES: readonly string[] = Object.keys(BREAK_TITLE);
