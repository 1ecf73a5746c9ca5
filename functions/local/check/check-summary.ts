import { allOf, counted, grouped } from '../../figures.ts';
import { EXIT, type ExitCode } from '../../failure.ts';
import type { FaultCount } from './fault-tally.ts';
import type { NameCount } from './name-counts.ts';
import { renderFaults, renderTotals } from './render-parts.ts';
import type { Repeated } from './repeats.ts';
import type { Total } from './totals.ts';

/** What ingesting would make of a file. messages = payments + duplicates + conflicts + rejected + redelivered. */
export interface CheckSummary {
  readonly input: string;
  readonly source: string;
  /** Physical lines, blank ones included. */
  readonly lines: number;
  readonly messages: number;
  /** Messages as Pub/Sub pushes them, and bare payments. */
  readonly envelopes: number;
  readonly bare: number;
  readonly dead_letters: number;
  /** The same message id with the same data again. */
  readonly redelivered: Repeated;
  /** The same message id with other data: a message of its own, and a break. Counted above or below as well. */
  readonly message_ids_reused: Repeated;
  readonly rejected: number;
  /** A message may have several. */
  readonly faults: readonly FaultCount[];
  /** The same transaction_id again, with the same money facts, and with others. */
  readonly duplicates: Repeated;
  readonly conflicts: Repeated;
  /** Ids that were not compared, as there were too many. */
  readonly ids_not_compared: number;
  /** Payments, each transaction_id once. */
  readonly payments: number;
  readonly totals: readonly Total[];
  readonly event_times: { readonly first: string; readonly last: string } | null;
  /** Fields that the format doesn't know, which are kept. */
  readonly unknown_fields: readonly NameCount[];
  /** Where card data was found, which is masked. */
  readonly card_data: readonly NameCount[];
  /** How to make messages of it, a line each, where the file is JSON in another form, which ingesting refuses; else null. */
  readonly fix: string | null;
  /** Why the file could be read up to a point only, and what to do; null where it was read to its end. All else here is of what was read. */
  readonly broken_off: { readonly error: string; readonly fix: string } | null;
}

/** 0: nothing to mend; 1: rejected or conflicting messages; 3: no payment in it at all, JSON in another form, or not read to its end. */
export function checkExitCode(summary: CheckSummary): ExitCode {
  if (summary.payments === 0 || summary.fix !== null || summary.broken_off !== null) return EXIT.unusable;
  return summary.rejected > 0 || summary.conflicts.count > 0 ? EXIT.breaks : EXIT.ok;
}

/** The summary for people: the verdict first. */
export function renderCheck(summary: CheckSummary): string {
  const { broken_off: brokenOff } = summary;
  if (brokenOff === null) return renderWhole(summary);
  const read = summary.messages === 0 ? ['No message could be read before that.'] : [`Before that ${counted(summary.lines, 'line')} could be read:`, '', renderWhole(summary)];
  return [brokenOff.error, `→ ${brokenOff.fix}`, '', ...read].join('\n');
}

function renderWhole(summary: CheckSummary): string {
  return [verdict(summary), ...(summary.fix === null ? [] : [`→ ${summary.fix}`]), '', ...messages(summary), ...payments(summary), ...faults(summary), ...remarks(summary)].join('\n');
}

function verdict(summary: CheckSummary): string {
  const { rejected, conflicts } = summary;
  if (summary.messages === 0) return 'Empty: there is no message in this file.';
  if (summary.payments === 0) return `Not a file of payments: ${allOf(summary.messages, 'message')} would be rejected.`;
  if (summary.fix !== null) return `Not a message a line: ${grouped(rejected)} of ${counted(summary.messages, 'message')} would be rejected, so ingest refuses it.`;
  if (rejected === 0 && conflicts.count === 0) return `Good: ${counted(summary.payments, 'payment')}, nothing would be rejected.`;
  const wrong = [rejected > 0 && `${grouped(rejected)} would be rejected`, conflicts.count > 0 && `${grouped(conflicts.count)} would be in conflict`].filter((part) => part !== false);
  return `Of ${counted(summary.messages, 'message')}, ${wrong.join(' and ')}.`;
}

function messages(summary: CheckSummary): string[] {
  const dead = summary.dead_letters > 0 ? `, ${counted(summary.dead_letters, 'dead letter')}` : '';
  return [`Read      ${summary.input}: ${counted(summary.lines, 'line')}, ${counted(summary.messages, 'message')} (${counted(summary.envelopes, 'Pub/Sub envelope')}, ${counted(summary.bare, 'bare payment')}${dead})`];
}

function payments(summary: CheckSummary): string[] {
  if (summary.event_times === null) return [];
  return [`Payments  ${grouped(summary.payments)}, from ${summary.event_times.first} to ${summary.event_times.last}`, ...renderTotals(summary.totals)];
}

function faults(summary: CheckSummary): string[] {
  if (summary.rejected === 0) return [];
  return ['', `Rejected  ${counted(summary.rejected, 'message')}:`, ...renderFaults(summary.faults)];
}

function remarks(summary: CheckSummary): string[] {
  const lines = [
    repeated(summary.duplicates, 'duplicate', 'the same transaction_id and money again'),
    repeated(summary.conflicts, 'conflict', 'the same transaction_id with other money; the first counts'),
    repeated(summary.redelivered, 'redelivery', 'the same message again', 'redeliveries'),
    repeated(summary.message_ids_reused, 'reused message id', 'other data under the same message id'),
    summary.ids_not_compared > 0 && `${counted(summary.ids_not_compared, 'id')} could not be compared: too many in one file.`,
    summary.unknown_fields.length > 0 && `Fields that the format does not know (they are kept): ${names(summary.unknown_fields)}.`,
    summary.card_data.length > 0 && `Card data, which must not be sent (it is masked): ${names(summary.card_data)}.`,
  ].filter((line) => line !== false);
  return lines.length === 0 ? [] : ['', ...lines];
}

function repeated({ count: times, example }: Repeated, noun: string, meaning: string, plural = `${noun}s`): string | false {
  return example !== null && `${counted(times, noun, plural)}: ${meaning} (line ${example.line} repeats line ${example.repeats_line}).`;
}

/** Names shown of a list. */
const NAMES_SHOWN = 10;

function names(counts: readonly NameCount[]): string {
  const shown = counts.slice(0, NAMES_SHOWN).map(({ name, count: times, first_line }) => `${name} ${counted(times, 'time')} from line ${first_line}`);
  return [...shown, ...(counts.length > NAMES_SHOWN ? [`${grouped(counts.length - NAMES_SHOWN)} more`] : [])].join(', ');
}
