import { counted, grouped, readableAge } from '../../figures.ts';
import { MAX_BREAKS_IN_TEXT, MAX_CONFLICTS_IN_TEXT, MAX_FAULT_CODES_IN_TEXT } from './bounds.ts';
import type { ReportBreak } from './breaks-part.ts';
import type { Conflict } from './conflicts-part.ts';
import { atStake, conflictRow, exampleOf, firstOf, whatCounts } from './phrases.ts';
import type { RejectGroup } from './rejects-part.ts';
import type { Report } from './report.ts';
import { heading, textTable, wrapped } from './text-layout.ts';
import { moreLine } from './text-ledger.ts';

/** Breaks by type and age, with the money at stake. */
export function breaksByTypeText({ breaks }: Report): string[] {
  if (breaks.by_type.length === 0) return [];
  const columns = [{ title: 'severity' }, { title: 'break' }, ...['all', '0-1 d', '2-7 d', '8-30 d', '>30 d', '? d'].map((title) => ({ title, figures: true }))];
  return [
    ...heading('Breaks by type and age'),
    ...textTable(columns, breaks.by_type.map(({ severity, break_type, breaks: all, ages }) => [severity, break_type, grouped(all), ...ages.map((age) => (age.breaks === 0 ? '·' : grouped(age.breaks)))])),
    ...breaks.by_type.flatMap((group) => wrapped(`${group.break_type}: ${group.title}. Money at stake: ${atStake(group)}.`, '  ', '    ')),
  ];
}

/** Breaks one by one: errors first, then the oldest. */
export function breaksOneByOneText({ breaks }: Report): string[] {
  const shown = firstOf(breaks.list, MAX_BREAKS_IN_TEXT);
  if (shown.items.length === 0) return [];
  return [...heading('Breaks, one by one'), ...shown.items.flatMap(breakText), ...moreLine(shown, 'break')];
}

function breakText(found: ReportBreak): string[] {
  const amount = found.amount === null ? 'amount unknown' : `${grouped(found.amount)} ${found.currency}`;
  const names = [found.transaction_id === null ? '' : `transaction ${found.transaction_id}`, found.message_id === null ? '' : `message ${found.message_id}`].filter((name) => name !== '');
  return [
    ...wrapped(`${found.severity}: ${found.title}; ${amount}; open for ${readableAge(found.age_days)}`, '  ', '    '),
    ...(names.length === 0 ? [] : wrapped(names.join(', '), '    ')),
    ...wrapped(found.detail, '    '),
    ...wrapped(`Next: ${found.next_step}`, '    '),
    ...wrapped(`Break ${found.break_id}`, '    '),
    '',
  ];
}

/** Open conflicts field by field. */
export function conflictsText({ conflicts }: Report): string[] {
  const shown = firstOf(conflicts, MAX_CONFLICTS_IN_TEXT);
  if (shown.items.length === 0) return [];
  return [...heading('Open conflicts, field by field'), ...shown.items.flatMap(conflictText), ...moreLine(shown, 'conflict')];
}

function conflictText(conflict: Conflict): string[] {
  const rows = conflict.fields.map(conflictRow);
  return [
    ...wrapped(`Transaction ${conflict.transaction_id ?? 'unknown'}; message ${conflict.message_id ?? 'unknown'}; open for ${readableAge(conflict.age_days)}`),
    ...wrapped(whatCounts(conflict), '    '),
    ...(rows.length === 0 ? [] : textTable([{ title: 'field' }, { title: 'in the ledger' }, { title: 'in this copy' }], rows, { indent: '    ' })),
    '',
  ];
}

/** Rejected messages by fault, with an example and the fix. */
export function rejectsText({ rejects }: Report): string[] {
  const shown = firstOf(rejects, MAX_FAULT_CODES_IN_TEXT);
  if (shown.items.length === 0) return [];
  return [...heading('Rejected messages by fault'), ...shown.items.flatMap(rejectText), ...moreLine(shown, 'fault')];
}

function rejectText(group: RejectGroup): string[] {
  const { code, messages, example } = group;
  return [
    ...wrapped(`${counted(messages, 'message')}: ${code}`),
    ...wrapped(`Example: ${exampleOf(group)}.`, '    '),
    ...(example.fix === null ? [] : wrapped(`Fix: ${example.fix}`, '    ')),
    '',
  ];
}
