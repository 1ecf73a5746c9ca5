import type { ReportBreak } from './breaks-part.ts';
import { csvCell, type CsvCell } from './csv-cell.ts';
import { whatWasCompared } from './phrases.ts';
import type { ProofLine } from './proof-part.ts';
import type { Report } from './report.ts';
import { DISPOSITIONS } from './words.ts';

/** The columns of the file, and which of them are numbers. docs/report.md says what each section fills. */
const COLUMNS = {
  section: 'text',
  booking_date: 'text',
  currency: 'text',
  kind: 'text',
  disposition: 'text',
  count: 'number',
  gross: 'number',
  net: 'number',
  break_id: 'text',
  break_type: 'text',
  severity: 'text',
  transaction_id: 'text',
  message_id: 'text',
  amount: 'number',
  since: 'text',
  age_days: 'number',
  detail: 'text',
  next_step: 'text',
} as const;

type Column = keyof typeof COLUMNS;
type Row = { readonly section: string } & { readonly [column in Column]?: string | number | null };
export const CSV_COLUMNS = Object.keys(COLUMNS) as Column[];

/**
 * The report as one long table with a `section` column: control_total (one a currency and kind), verdict, proof (one a currency
 * and disposition), break (one each), and not_listed where breaks were left out. Lines end in CR LF. Money has no separators.
 */
export function renderCsv(report: Report): string {
  const rows = [...controlTotals(report), verdict(report), ...proof(report), ...breaks(report)];
  return [CSV_COLUMNS.join(','), ...rows.map(line), ''].join('\r\n');
}

function line(row: Row): string {
  return CSV_COLUMNS.map((column) => csvCell(typed(column, row[column] ?? null))).join(',');
}

function typed(column: Column, value: string | number | null): CsvCell {
  return COLUMNS[column] === 'number' ? { number: value } : { text: value === null ? null : String(value) };
}

function controlTotals(report: Report): Row[] {
  return report.ledger.control_totals.flatMap(({ currency, kinds }) =>
    kinds.map(({ kind, postings, gross, net }) => ({
      section: 'control_total', booking_date: report.ledger.booking_date, currency, kind, disposition: 'posted', count: postings, gross, net,
    })),
  );
}

function verdict({ verdict, proof }: Report): Row {
  const compared = proof === null || proof.published_from === null ? '' : ` Compared: ${whatWasCompared(proof)}`;
  return { section: 'verdict', disposition: verdict.verdict, count: verdict.errors, since: verdict.reconciled_at, detail: `${verdict.headline} ${verdict.reason}${compared}` };
}

function proof({ proof }: Report): Row[] {
  if (proof === null) return [];
  const unreadable = proof.money_unreadable.map(({ disposition, messages }) => ({ section: 'proof', disposition, count: messages, detail: 'The money of these messages is unknown.' }));
  return [...proof.currencies.flatMap(proofRows), ...unreadable];
}

function proofRows(line: ProofLine): Row[] {
  return (['published', ...DISPOSITIONS, 'difference'] as const).map((disposition) => {
    const { messages, gross, net } = line[disposition];
    return { section: 'proof', currency: line.currency, disposition, count: messages, gross, net };
  });
}

function breaks({ breaks: { list } }: Report): Row[] {
  const more: Row[] = list.more === 0 ? [] : [{ section: 'not_listed', count: list.more, detail: 'That many more breaks are in reconciliation_breaks.' }];
  return [...list.items.map(breakRow), ...more];
}

function breakRow(found: ReportBreak): Row {
  const { break_id, break_type, severity, transaction_id, message_id, currency, amount, since, age_days, detail, next_step } = found;
  return { section: 'break', currency, count: 1, break_id, break_type, severity, transaction_id, message_id, amount, since, age_days, detail, next_step };
}
