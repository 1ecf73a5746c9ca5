import type { Fault } from '../../payment/fault.ts';
import type { Payment } from '../../payment/payment.ts';
import { foldName, type Layout } from './columns.ts';
import type { ConversionMap, FieldSources } from './map-schema.ts';
import { paymentReader } from './payment-reader.ts';
import { columnReader, type Cells } from './read-text.ts';
import type { ClockChangeSeen } from './read-time.ts';

/** A row of the export with as many cells as its header (for JSON lines: one for each wanted column). */
export interface Row {
  /** Physical line that the row begins on, from 1. */
  readonly line_number: number;
  readonly cells: Cells;
  /** What was wrong with the row before its fields could be looked at. */
  readonly fault: Fault | null;
  /** The line as it is, of JSON lines only. */
  readonly text: string | null;
}

/** What became of a row: payments, all or none of them; ignored by a rule of the map (its number); or every fault. */
export type ConvertedRow =
  | { readonly payments: readonly Payment[]; readonly ignored_by: null; readonly faults: null }
  | { readonly payments: null; readonly ignored_by: number; readonly faults: null }
  | { readonly payments: null; readonly ignored_by: null; readonly faults: readonly Fault[] };

/** Makes the conversion of rows from a validated map, for an input whose columns were found. */
export function rowConverter(map: ConversionMap, layout: Layout, seen: ClockChangeSeen): (row: Row) => ConvertedRow {
  const main = paymentReader(map.fields, layout, false);
  const further = (map.also ?? []).map((also) => paymentReader({ ...map.fields, ...also.fields } as FieldSources, layout, true));
  const ignoredBy = ignoreRules(map, layout);
  return (row) => {
    if (row.fault) return { payments: null, ignored_by: null, faults: [row.fault] };
    const rule = ignoredBy(row.cells);
    if (rule !== null) return { payments: null, ignored_by: rule, faults: null };
    const faults: Fault[] = [];
    const payments = [main, ...further].map((read) => read(row.cells, faults, seen)).filter((payment) => payment !== null);
    return faults.length > 0 ? { payments: null, ignored_by: null, faults: withoutRepeats(faults) } : { payments, ignored_by: null, faults: null };
  };
}

/** A field that several payments of a row share is at fault once. */
function withoutRepeats(faults: readonly Fault[]): Fault[] {
  return faults.filter((fault, at) => at === faults.findIndex((other) => other.code === fault.code && other.field === fault.field && other.found === fault.found));
}

/** The number of the first rule that a row falls under, or null. */
function ignoreRules(map: ConversionMap, layout: Layout): (cells: Cells) => number | null {
  const rules = (map.ignore_rows ?? []).map((rule) => ({ read: columnReader(rule.column, layout), values: new Set(rule.values.map(foldName)) }));
  return (cells) => {
    const at = rules.findIndex((rule) => rule.values.has(foldName(rule.read(cells))));
    return at < 0 ? null : at;
  };
}
