import { counted, grouped, money, readableAge } from '../../figures.ts';
import { SHORT_BREAK_TYPES, SHORT_CONFLICTS, SHORT_REJECTS } from './bounds.ts';
import type { BreakGroup } from './breaks-part.ts';
import type { Conflict } from './conflicts-part.ts';
import { largestFirst } from './largest-first.ts';
import { conflictRow, firstOf } from './phrases.ts';
import type { RejectGroup } from './rejects-part.ts';
import type { Report } from './report.ts';
import { shortHeading } from './short-heading.ts';
import { aligned, cutTo, wrapped } from './text-layout.ts';
import { moreLine } from './text-ledger.ts';
import type { TextOptions } from './text-verdict.ts';

/** Characters of an id and a difference, and of a fault and what to do about it: each two fit a line. */
const ID_LENGTH = 24;
const DIFFERENCE_LENGTH = 42;
const REASON_LENGTH = 38;
const FIX_LENGTH = 48;

/** What a person must look at: breaks by type and age, the largest conflicts, the commonest reasons of rejection. */
export function openText(report: Report, options: TextOptions): string[][] {
  return [openByType(report, options), largestConflicts(report, options), commonestRejects(report, options)];
}

function openByType({ breaks: { by_type }, verdict, actions }: Report, options: TextOptions): string[] {
  const notes = actions.filter(({ severity }) => severity === 'note').flatMap(({ what, next_step }) => wrapped(`${what}. ${next_step}`));
  if (by_type.length === 0) return [shortHeading('What to do', options), ...(notes.length === 0 ? ['  Nothing.'] : notes)];
  const gravestFirst = by_type.toSorted((left, right) => (left.severity === right.severity ? right.breaks - left.breaks : left.severity < right.severity ? -1 : 1));
  const shown = firstOf({ items: gravestFirst, more: 0 }, SHORT_BREAK_TYPES);
  const columns = [{ title: '' }, { title: '' }, ...['all', '0-1 d', '2-7 d', '8-30 d', '>30 d', '? d'].map((title) => ({ title, figures: true }))];
  const { titles, lines } = aligned(columns, shown.items.map(({ severity, title, breaks, ages }) => [severity, title, grouped(breaks), ...ages.map((age) => (age.breaks === 0 ? '·' : grouped(age.breaks)))]));
  return [
    shortHeading(`What to look at: ${counted(verdict.errors, 'error')}, ${counted(verdict.warnings, 'warning')} (warnings leave the verdict as it is)`, options),
    ...notes,
    titles,
    ...lines.flatMap((line, place) => [line, ...stepOf(shown.items[place]!)]),
    ...moreLine(shown, 'kind of break', 'kinds of breaks'),
  ];
}

/** Errors say what to do at once; of conflicts and rejects their own parts say it. */
function stepOf({ severity, next_step, break_type }: BreakGroup): string[] {
  return severity === 'error' && !EXPLAINED.has(break_type) ? [`    → ${cutTo(firstSentence(next_step), 90)}`] : [];
}

const EXPLAINED: ReadonlySet<string> = new Set(['conflict_open', 'rejected_unresolved']);

function largestConflicts({ conflicts, breaks, ledger }: Report, options: TextOptions): string[] {
  if (conflicts.items.length === 0) return [];
  const atStake = new Map(breaks.list.items.map((found) => [found.break_id, found]));
  const listed = conflicts.items.map((conflict) => ({ conflict, ...moneyOf(atStake.get(conflict.break_id)) }));
  const shown = firstOf({ items: largestFirst(listed, ledger.control_totals), more: conflicts.more }, SHORT_CONFLICTS);
  const rows = shown.items.map(({ conflict, amount, currency }) => [
    cutTo(conflict.transaction_id ?? 'unknown', ID_LENGTH),
    amount === null ? 'unknown' : money(amount, currency),
    cutTo(differenceOf(conflict), DIFFERENCE_LENGTH),
    readableAge(conflict.age_days),
  ]);
  const { titles, lines } = aligned([{ title: 'transaction' }, { title: 'money in the copy', figures: true }, { title: 'in the ledger → in the copy' }, { title: 'open' }], rows);
  return [
    shortHeading(`Conflicts, the largest of ${grouped(conflicts.items.length + conflicts.more)}: ask the producer which one is right, then \`payments decide\``, options),
    titles,
    ...lines,
  ];
}

function moneyOf(found: { readonly amount: string | null; readonly currency: string | null } | undefined) {
  return { amount: found?.amount ?? null, currency: found?.currency ?? '' };
}

function differenceOf({ fields, posted_message_id }: Conflict): string {
  if (posted_message_id === null) return 'nothing of it is in the ledger';
  const [first, ...more] = fields;
  if (first === undefined) return 'trace the message';
  const [field, posted, copy] = conflictRow(first);
  const others = more.length === 0 ? '' : `, and ${counted(more.length, 'more field')}`;
  return first.posted === first.copy ? `${field} differs${others}` : `${field} ${posted} → ${copy}${others}`;
}

function commonestRejects({ rejects, breaks }: Report, options: TextOptions): string[] {
  const shown = firstOf(rejects, SHORT_REJECTS);
  if (shown.items.length === 0) return [];
  const all = breaks.by_type.filter(({ break_type }) => break_type === 'rejected_unresolved').reduce((sum, group) => sum + group.breaks, 0);
  const { lines } = aligned([{ title: '', figures: true }, { title: '' }, { title: '' }], shown.items.map(rejectRow));
  const reasons = shown.more === 0 ? '' : `, the commonest of ${counted(shown.items.length + shown.more, 'reason')}`;
  return [shortHeading(`Rejected ${grouped(all)}${reasons}: the producer mends and publishes them again`, options), ...lines];
}

function rejectRow({ code, messages, example }: RejectGroup): string[] {
  const field = example.field === null || example.field === '' ? '' : `, e.g. ${example.field}`;
  return [grouped(messages), cutTo(`${code.replaceAll('_', ' ')}${field}`, REASON_LENGTH), cutTo(firstSentence(example.fix ?? ''), FIX_LENGTH)];
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?= [A-Z]|$)/.exec(text)?.[0] ?? text;
}
