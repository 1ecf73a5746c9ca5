import { faultTally } from '../check/fault-tally.ts';
import { repeats } from '../check/repeats.ts';
import { seenIds } from '../check/seen-ids.ts';
import { totalsOfPayments } from '../check/totals.ts';
import { spellingsOf } from './columns.ts';
import type { ConvertSummary } from './convert-summary.ts';
import type { ConversionMap } from './map-schema.ts';
import type { ClockChangeSeen } from './read-time.ts';
import type { ConvertedRow } from './row-converter.ts';
import type { RowSource } from './row-source.ts';

type Counts = { rows: number; blank: number; unconverted: number; payments: number; cardData: number; skipped: number; repeated: number };

/** Counts what becomes of the rows of one conversion. */
export function conversionTally(options: { readonly input: string; readonly map: ConversionMap }, source: RowSource) {
  const counts: Counts = { rows: 0, blank: 0, unconverted: 0, payments: 0, cardData: 0, skipped: 0, repeated: 0 };
  const ignored = (options.map.ignore_rows ?? []).map((rule) => ({ column: spellingsOf(rule.column)[0]!, values: rule.values, rows: 0 }));
  const faults = faultTally();
  const totals = totalsOfPayments();
  const ids = seenIds();
  const same = repeats();
  const other = repeats();
  const clockChanged: ClockChangeSeen = (change) => (counts[change] += 1);

  function add(line: number, row: ConvertedRow): void {
    counts.rows += 1;
    if (row.ignored_by !== null) ignored[row.ignored_by]!.rows += 1;
    if (row.faults) {
      counts.unconverted += 1;
      faults.add(row.faults, line);
    }
    for (const payment of row.payments ?? []) {
      counts.payments += 1;
      if (payment.card_data.length > 0) counts.cardData += 1;
      totals.add(payment);
      const earlier = ids.see(payment.identity, payment.fingerprint, line);
      if (earlier) (earlier.same ? same : other).add(line, earlier.line_number);
    }
  }

  function summary(out: string | null, unconvertedFile: string | null): ConvertSummary {
    const ignoredRows = ignored.reduce((sum, rule) => sum + rule.rows, 0);
    return {
      input: options.input, map: options.map.name ?? 'given', encoding: source.encoding, delimiter: source.form?.delimiter ?? null, out,
      rows: counts.rows, blank_rows: counts.blank, converted_rows: counts.rows - counts.unconverted - ignoredRows, ignored_rows: ignored,
      unconverted_rows: counts.unconverted, unconverted_file: unconvertedFile, reasons: faults.counts(),
      payments: counts.payments, totals: totals.totals(), event_times: totals.span(),
      same_payment: same.counted(), other_payment: other.counted(), ids_not_compared: ids.notKept(),
      skipped_times: counts.skipped, repeated_times: counts.repeated, card_data_seen: counts.cardData,
    };
  }

  return { add, summary, clockChanged, blank: () => void (counts.blank += 1), rows: () => counts.rows, payments: () => counts.payments };
}
