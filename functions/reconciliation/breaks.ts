export type Severity = 'error' | 'warning';

/** One type of break: how grave it is, what it means, and what a person does about it. */
export interface BreakType {
  readonly type: string;
  /** `ages`: a warning until it is as old as the setting `warning_age`, an error from then on. */
  readonly severity: Severity | 'ages';
  readonly meaning: string;
  readonly next_step: string;
  /** Looked for in a part of all messages at a time: it compares whole tables row by row. */
  readonly in_parts?: true;
  /** Looked for by a reconciliation of all messages only: it reads whole columns of the ledger. Carried over by others. */
  readonly whole_only?: true;
}

/** Every type of break, in the order in which they are looked for. Each has a statement of its name in `sql/jobs/reconcile/breaks`. */
export const BREAK_TYPES: readonly BreakType[] = [
  { type: 'missing_message', severity: 'error', meaning: 'Published and archived, but in no journal line: lost on its way.', next_step: 'Ingest the source again, or have the message published again; it counts once whatever is repeated.' },
  { type: 'phantom_line', severity: 'error', meaning: 'A journal line of a message that the raw archive does not hold.', next_step: 'Find out who wrote it: the archive should hold every message. Look for a gap or a change in the archive.' },
  { type: 'phantom_posting', severity: 'error', meaning: 'A ledger row that no published message stands behind.', next_step: 'Find out who wrote or changed the row; correct it by a further row, never by a change.' },
  { type: 'double_posting', severity: 'error', meaning: 'A payment, or a message, stands in the ledger more than once.', next_step: 'Stop posting, and find out what wrote to the ledger besides it; correct by a further row.' },
  { type: 'money_mismatch', in_parts: true, severity: 'error', meaning: 'Money or identity in ledger or journal differs from what was published in that very message.', next_step: 'Trace the payment; the archive holds what was published. Find out who changed the row.' },
  { type: 'claim_breach', severity: 'error', meaning: 'Two messages were recorded for one payment within the life of a claim. The ledger still counts one.', next_step: 'The claims were lost or went back in time: look for a restore or a deletion in the claim store.' },
  { type: 'missing_posting', severity: 'error', meaning: 'The ledger rows of a posting run no longer equal its control totals.', next_step: 'Rows were deleted, added or changed after posting: find out by whom, and restore them from a backup.' },
  { type: 'pending_overdue', severity: 'error', meaning: 'A valid message that should have been posted long ago.', next_step: 'Run `payments sweep`. If it stays, look at why posting does not see it.' },
  { type: 'conflict_open', severity: 'ages', meaning: 'A copy of a payment with other money facts: one of the two is wrong.', next_step: 'Ask the producer which one is right. If the booked one is wrong, it publishes a correction under a new id. Then close this: `payments decide MESSAGE_ID --reject --reason …` (or --post where nothing is booked).' },
  { type: 'rejected_unresolved', severity: 'ages', meaning: 'A message that holds no valid payment. Its amount is unknown where it cannot be read, never zero.', next_step: 'Have the producer mend and publish it again, then close this: `payments decide MESSAGE_ID --reject --reason …`.' },
  { type: 'message_id_reused', severity: 'warning', meaning: 'One message id was used for different data.', next_step: 'Ask who publishes: ids of messages must be unique. Each was handled as a message of its own.' },
  { type: 'id_reused_across_kinds', severity: 'warning', meaning: 'One transaction_id was used for movements of different kinds.', next_step: 'Ask the producer to give a refund, fee or chargeback an id of its own, and to publish this one again under it.' },
  { type: 'over_refund', whole_only: true, severity: 'warning', meaning: 'Refunds and chargebacks are above the payment that they refer to.', next_step: 'Ask the merchant; a refund that was sent twice under two ids looks like this.' },
  { type: 'clock_skew', severity: 'warning', meaning: 'A time lies further ahead of our clock than is allowed.', next_step: 'Ask the producer to set the clock; the payment counts all the same.' },
  { type: 'posted_by_grace', severity: 'warning', meaning: 'A duplicate was posted, because the message that owned its claim never came.', next_step: 'Nothing for the money: it counts once. Find out why the owner was lost.' },
  { type: 'card_data_seen', severity: 'warning', meaning: 'Card data was published in metadata or an unknown field. It is masked everywhere but in the raw archive.', next_step: 'Tell the producer to stop sending it, and consider letting the archive’s partition expire early.' },
];

/** The file of a type's statement, under `sql/`. */
export function breakStatement(type: string): string {
  return `jobs/reconcile/breaks/${type.replaceAll('_', '-')}.sql`;
}
