import { hash } from 'node:crypto';
import type { ReadMessage } from '../../adapters/embedded/read-line.ts';
import type { Fault } from '../../payment/fault.ts';
import type { Payment } from '../../payment/payment.ts';
import { formFix, type JsonForm, jsonForm } from '../json-form.ts';
import type { CheckSummary } from './check-summary.ts';
import { faultTally } from './fault-tally.ts';
import { nameCounts } from './name-counts.ts';
import { repeats } from './repeats.ts';
import { seenIds } from './seen-ids.ts';
import { totalsOfPayments } from './totals.ts';

/** One line that was looked at. */
export interface CheckedLine {
  readonly message: ReadMessage;
  readonly form: 'envelope' | 'bare';
  /** Null where there are faults. */
  readonly payment: Payment | null;
  readonly faults: readonly Fault[];
}

/** Counts what is in a file. */
export function checkTally() {
  const counts = { lines: 0, envelopes: 0, bare: 0, rejected: 0, dead: 0, counted: 0 };
  const faults = faultTally();
  const totals = totalsOfPayments();
  const messageIds = seenIds();
  const transactionIds = seenIds();
  const redelivered = repeats();
  const reused = repeats();
  const duplicates = repeats();
  const conflicts = repeats();
  const unknown = nameCounts();
  const cardData = nameCounts();
  let form: JsonForm | null = null;

  function add({ message, form: wrapping, payment, faults: found }: CheckedLine): void {
    form ??= jsonForm(message);
    counts[wrapping === 'envelope' ? 'envelopes' : 'bare'] += 1;
    if (message.dead_letter_published_at !== null) counts.dead += 1;
    if (isRedelivery(message, wrapping)) return;
    if (payment === null) {
      counts.rejected += 1;
      faults.add(found, message.line_number!);
      return;
    }
    for (const name of payment.unknown_fields) unknown.add(name, message.line_number!);
    for (const finding of payment.card_data) cardData.add(`${finding.field} (${finding.looks_like})`, message.line_number!);
    const earlier = transactionIds.see(payment.identity, payment.fingerprint, message.line_number!);
    if (earlier) (earlier.same ? duplicates : conflicts).add(message.line_number!, earlier.line_number);
    else {
      counts.counted += 1;
      totals.add(payment);
    }
  }

  /** The same message again. A bare line's message id is its own line, so none repeats. */
  function isRedelivery(message: ReadMessage, form: CheckedLine['form']): boolean {
    if (form === 'bare') return false;
    const earlier = messageIds.see(hash('sha256', message.message_id, 'buffer'), message.data_sha256, message.line_number!);
    if (earlier) (earlier.same ? redelivered : reused).add(message.line_number!, earlier.line_number);
    return earlier?.same ?? false;
  }

  /** As ingesting judges it: an array over lines is refused even where a line of it can be read. */
  function fixOf(): string | null {
    return form !== null && (counts.counted === 0 || form === 'array over lines') ? formFix(form) : null;
  }

  function summary(input: string, source: string): CheckSummary {
    const messages = counts.envelopes + counts.bare;
    return {
      input, source, lines: counts.lines, messages, envelopes: counts.envelopes, bare: counts.bare, dead_letters: counts.dead,
      redelivered: redelivered.counted(), rejected: counts.rejected, faults: faults.counts(),
      duplicates: duplicates.counted(), conflicts: conflicts.counted(), message_ids_reused: reused.counted(),
      ids_not_compared: messageIds.notKept() + transactionIds.notKept(),
      payments: counts.counted, totals: totals.totals(), event_times: totals.span(),
      unknown_fields: unknown.counts(), card_data: cardData.counts(), fix: fixOf(), broken_off: null,
    };
  }

  return { add, summary, messages: () => counts.envelopes + counts.bare, read: (lines: number) => void (counts.lines = lines) };
}
