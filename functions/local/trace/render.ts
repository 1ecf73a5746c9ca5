import { formatMicros } from '../../payment/time.ts';
import type { SqlRow } from '../../ports.ts';
import type { Fault } from '../../payment/fault.ts';
import { forMachines } from '../for-machines.ts';
import { renderTable } from '../table.ts';
import type { Trace } from './trace.ts';

/** A trace as an operator reads it, in the order in which things happened. */
export function renderTrace(trace: Trace): string {
  if (trace.published.length === 0 && trace.lines.length === 0) return `Nothing is known of ${trace.id}: it is in no archive, no journal line and no ledger row.`;
  const parts = [
    section('As published', trace.published, ['published_at', 'source', 'line_number', 'message_id', 'transaction_id']),
    section('Journal lines', trace.lines, ['journaled_at', 'message_id', 'outcome', 'kind', 'amount', 'currency', 'event_time', 'claim_owner', 'flags', 'fraud_score']),
    ...trace.lines.filter((line) => typeof line.faults === 'string').map((line) => `Faults of ${line.message_id}\n${indent(faultLines(line.faults as string))}`),
    ...trace.texts.map(({ message_id, text, cut }) => `Text of ${message_id}, as published but for card data\n${indent(text.trimEnd())}${cut ? '\n  … (there is more of it)' : ''}`),
    trace.claim ? `Claim\n  owned by message ${trace.claim.owner} since ${formatMicros(trace.claim.claimed_at)}, may be forgotten after ${formatMicros(trace.claim.expires_at)}` : 'Claim\n  none (a late, rejected or dead-lettered message makes none)',
    trace.postings.length > 0 ? section('In the ledger', trace.postings, ['booking_date', 'posting_run', 'message_id', 'kind', 'amount', 'currency', 'outcome']) : `In the ledger\n  ${whyNotPosted(trace)}`,
    section('Decisions', trace.decisions, ['recorded_at', 'actor', 'action', 'message_id', 'reason']),
    ...trace.differences.map(({ message_id, fields }) => `${message_id} differs from the message that counts in\n${fields.length > 0 ? indent(renderTable(fields.map((field) => ({ ...field })))) : '  nothing but its bytes (key order, white space)'}`),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function section(title: string, rows: readonly SqlRow[], columns: readonly string[]): string {
  if (rows.length === 0) return '';
  return `${title}\n${indent(renderTable(rows.map((row) => Object.fromEntries(columns.map((name) => [name, readable(name, row[name])])))))}`;
}

function readable(name: string, value: unknown): unknown {
  return typeof value === 'number' && isTime(name) ? formatMicros(value) : value;
}

function isTime(name: string): boolean {
  return /(_at|_time)$/.test(name);
}

/** A line for each fault: what is wrong where, what was found, and what to send instead. */
function faultLines(json: string): string {
  const faults = JSON.parse(json) as Fault[];
  return faults.map(({ code, field, found, fix }) => `${code}${field === '' ? '' : ` in ${field}`}: found ${found}. ${fix}`).join('\n');
}

/** A rejected line is never posted, nor is one that a person has rejected; any other waits. */
function whyNotPosted({ lines, decisions }: Trace): string {
  const lastDecision = new Map(decisions.map(({ message_id, action }) => [message_id, action]));
  if (lines.length === 0) return 'not yet';
  if (lines.every(({ outcome }) => outcome === 'rejected')) return 'never: rejected';
  return lines.every(({ outcome, message_id }) => outcome === 'rejected' || lastDecision.get(message_id) === 'decided_reject') ? 'never: rejected by a decision' : 'not yet';
}

/** A trace as JSON gives it. */
export function traceForMachines(trace: Trace): Record<string, unknown> {
  const rows = (some: readonly SqlRow[]) => some.map((row) => forMachines(row, isTime));
  return { ...trace, published: rows(trace.published), lines: rows(trace.lines), claim: trace.claim && forMachines(trace.claim, isTime), postings: rows(trace.postings), decisions: rows(trace.decisions) };
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
