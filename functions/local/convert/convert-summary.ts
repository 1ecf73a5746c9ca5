import { allOf, counted, grouped } from '../../figures.ts';
import type { FaultCount } from '../check/fault-tally.ts';
import { renderFaults, renderTotals } from '../check/render-parts.ts';
import type { Repeated } from '../check/repeats.ts';
import type { Total } from '../check/totals.ts';
import { EXIT, type ExitCode } from '../../failure.ts';
import type { Encoding } from './text-encoding.ts';

/** What a conversion did. rows = converted_rows + ignored rows + unconverted_rows. */
export interface ConvertSummary {
  readonly input: string;
  readonly map: string;
  readonly encoding: Encoding;
  readonly delimiter: string | null;
  /** Null where nothing could be converted, so that there is no file. */
  readonly out: string | null;
  /** Rows below the header, without blank ones. */
  readonly rows: number;
  readonly blank_rows: number;
  readonly converted_rows: number;
  readonly ignored_rows: readonly { readonly column: string; readonly values: readonly string[]; readonly rows: number }[];
  readonly unconverted_rows: number;
  readonly unconverted_file: string | null;
  readonly reasons: readonly FaultCount[];
  readonly payments: number;
  readonly totals: readonly Total[];
  readonly event_times: { readonly first: string; readonly last: string } | null;
  /** Same id, same money facts: the ledger will count one, and show the others as duplicates. */
  readonly same_payment: Repeated;
  /** Same id, other money facts: the ledger will count the first, and show the others as conflicts. */
  readonly other_payment: Repeated;
  /** Ids that were not compared, as there were too many. */
  readonly ids_not_compared: number;
  /** Local times that clocks skipped or repeated when they were changed. */
  readonly skipped_times: number;
  readonly repeated_times: number;
  /** Payments in which card data was found, and masked. */
  readonly card_data_seen: number;
}

/** 0: every row was converted or ignored by a rule of the map; 1: some rows were not; 3: none was. */
export function convertExitCode(summary: ConvertSummary): ExitCode {
  if (summary.unconverted_rows === 0) return EXIT.ok;
  return summary.converted_rows === 0 ? EXIT.unusable : EXIT.breaks;
}

/** The summary for people: the verdict first. */
export function renderConvert(summary: ConvertSummary): string {
  return [verdict(summary), '', ...whatWasRead(summary), ...whatWasWritten(summary), ...whatWasNot(summary), ...remarks(summary)].join('\n');
}

function verdict(summary: ConvertSummary): string {
  const { unconverted_rows, rows } = summary;
  const ignored = rows - summary.converted_rows - unconverted_rows;
  if (unconverted_rows === 0) return `Converted ${allOf(rows, 'row')}${ignored > 0 ? `, but ${grouped(ignored)} that the map ignores` : ''}.`;
  if (summary.converted_rows === 0) return `None of ${counted(rows, 'row')} could be converted: the map doesn't fit this file, or the file is damaged.`;
  return `${grouped(unconverted_rows)} of ${counted(rows, 'row')} could not be converted.`;
}

const NAMES_OF_DELIMITERS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

function whatWasRead(summary: ConvertSummary): string[] {
  const delimiter = summary.delimiter === null ? '' : `, delimiter ${NAMES_OF_DELIMITERS[summary.delimiter] ?? summary.delimiter}`;
  return [
    `Read     ${summary.input} with the map ${summary.map} (${summary.encoding}${delimiter})`,
    `         ${counted(summary.rows, 'row')}${summary.blank_rows > 0 ? `, and ${counted(summary.blank_rows, 'blank row')}` : ''}`,
    ...summary.ignored_rows.filter((rule) => rule.rows > 0).map((rule) => `         ${counted(rule.rows, 'row')} ignored, as ${rule.column} is ${rule.values.join(' or ')}`),
  ];
}

function whatWasWritten(summary: ConvertSummary): string[] {
  if (summary.out === null) return ['Wrote    no payments'];
  const times = summary.event_times === null ? '' : `, from ${summary.event_times.first} to ${summary.event_times.last}`;
  return [`Wrote    ${summary.out}: ${counted(summary.payments, 'payment')}${times}`, ...renderTotals(summary.totals)];
}

function whatWasNot(summary: ConvertSummary): string[] {
  if (summary.unconverted_file === null) return [];
  return ['', `Left     ${summary.unconverted_file}: ${counted(summary.unconverted_rows, 'row')}, each with its line and reason. Mend and convert it like the first.`, ...renderFaults(summary.reasons)];
}

function remarks(summary: ConvertSummary): string[] {
  const { same_payment, other_payment } = summary;
  const where = ({ example }: Repeated) => (example ? ` (line ${example.line} repeats line ${example.repeats_line})` : '');
  const lines = [
    same_payment.count > 0 && `${counted(same_payment.count, 'payment')} came again with the same transaction_id and the same money${where(same_payment)}: the ledger counts one, the others show as duplicates.`,
    other_payment.count > 0 && `${counted(other_payment.count, 'payment')} came again with the same transaction_id but other money${where(other_payment)}: these will show as conflicts and not be counted. If they are real, add a column to transaction_id in the map.`,
    summary.ids_not_compared > 0 && `${counted(summary.ids_not_compared, 'transaction_id')} could not be compared: too many in one file.`,
    summary.skipped_times > 0 && `${counted(summary.skipped_times, 'local time')} fell into an hour that clocks skipped, and was moved on by it.`,
    summary.repeated_times > 0 && `${counted(summary.repeated_times, 'local time')} fell into an hour that clocks repeated, and was taken as the first.`,
    summary.card_data_seen > 0 && `Card data was found in ${counted(summary.card_data_seen, 'payment')}, and masked.`,
  ].filter((line) => line !== false);
  return lines.length === 0 ? [] : ['', ...lines];
}
