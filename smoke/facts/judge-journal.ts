import { counted } from '../../functions/figures.ts';
import { MICROS_PER_SECOND } from '../../functions/payment/time.ts';
import { VISIBLE_SECONDS } from '../limits.ts';
import { type Finding, right, unlessFaults, wrong } from '../result.ts';
import type { Published } from '../traffic/sent.ts';
import type { Line } from './lines.ts';
import { fault } from './naming.ts';

/** Messages that have no line under their own id. */
export function withoutLine(published: readonly Published[], lines: readonly Line[]): readonly Published[] {
  const journaled = new Set(lines.map(({ message_id }) => message_id));
  return published.filter(({ message_id }) => !journaled.has(message_id));
}

/** Each message has a line, all lines of it say what they must, and none is of other bytes. */
export function judgeJournal(published: readonly Published[], lines: readonly Line[]): Finding {
  const of = Map.groupBy(lines, ({ message_id }) => message_id);
  const linesOf = ({ message_id }: Published) => of.get(message_id) ?? [];
  const others = published.filter((one) => linesOf(one).some(({ data_sha256 }) => data_sha256 !== one.data_sha256));
  const astray = published.filter((one) => linesOf(one).some(({ outcome }) => outcome !== one.outcome));
  const misnamed = published.filter((one) => one.outcome !== 'rejected' && linesOf(one).some(({ transaction_id }) => transaction_id !== one.transaction_id));
  const outcomes = (one: Published) => [...new Set(linesOf(one).map(({ outcome }) => outcome))].join(' and ');
  const faults = [
    ...fault(withoutLine(published, lines).map(named), 'message', 'has no line', 'have no line'),
    ...fault(others.map(named), 'line', 'is of other bytes than were published', 'are of other bytes than were published'),
    ...fault(astray.map((one) => `${named(one)} is ${outcomes(one)}, not ${one.outcome}`), 'outcome', 'is wrong', 'are wrong'),
    ...fault(misnamed.map(named), 'line', 'names another payment', 'name other payments'),
  ];
  return unlessFaults(faults, `${counted(published.length, 'message')}, each with its line: ${countsOf(published)}`);
}

/** How long after its stamp each line was first seen: `lines` are those of the first look that showed each. */
export function judgeVisible(lines: readonly Line[]): Finding {
  const slowest = Math.max(0, ...lines.map(({ journaled_at, seen_at }) => (seen_at - journaled_at) / MICROS_PER_SECOND));
  const found = `every line was seen ${Math.ceil(slowest)} s after its stamp at the latest`;
  return slowest <= VISIBLE_SECONDS ? right(found) : wrong(found);
}

/** What a person can look for; never data. */
export function named({ role, message_id }: Published): string {
  return `${message_id} (${role})`;
}

function countsOf(published: readonly Published[]): string {
  return [...Map.groupBy(published, ({ outcome }) => outcome)].map(([outcome, of]) => `${of.length} ${outcome}`).join(', ');
}
