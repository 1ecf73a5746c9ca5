import { auditLog } from '../../sql/tables/audit-log.ts';
import type { TableDescription } from '../../sql/tables/description.ts';
import { GOOGLE_TABLES } from '../../sql/tables/index.ts';
import { paymentJournal } from '../../sql/tables/payment-journal.ts';
import { paymentTransactions } from '../../sql/tables/payment-transactions.ts';
import { postingHead, postingRuns, postingTotals } from '../../sql/tables/posting.ts';
import { reconciliationBreaks, reconciliationHead, reconciliationRuns } from '../../sql/tables/reconciliation.ts';
import { archive, type Message, MESSAGE_IDS, messages } from './archive.ts';
import type { Cell } from './cells.ts';
import type { Draw } from './draw.ts';
import { billionths, effect, type Facts, goodPayload, hash } from './payloads.ts';
import { row } from './rows.ts';
import { dayNear, dayOf, timeNear } from './times.ts';

/** The rows of every table, by its name. */
export type World = Readonly<Record<string, readonly (readonly Cell[])[]>>;

type Known = Readonly<Record<string, Cell>>;

/** The tables that the statements read: all but the archive's own, which differs by target and stands behind `archived_messages`. */
export const FILLED: readonly TableDescription[] = GOOGLE_TABLES.filter(({ name }) => name !== 'raw_messages');

/** Books as they may be: mostly what the pipeline and posting would have written, with faults; some tables empty; sometimes nothing at all. */
export function world(draw: Draw): World {
  const ordinary = draw.some(6, (number) => ordinaryMessage(draw, number));
  const all = [...messages(draw), ...ordinary];
  const ordinaryLines = ordinary.map((message) => ordinaryLine(draw, message));
  const lines = draw.onceIn(25) ? [] : all.filter((message) => !ordinary.includes(message)).flatMap((message) => draw.some(3 - draw.below(3), () => line(draw, message)));
  const postings = draw.onceIn(15) ? [] : lines.filter(({ identity_key }) => identity_key !== null && !draw.onceIn(3)).flatMap((known) => draw.some(draw.onceIn(6) ? 2 : 1, () => posting(draw, known)));
  const runs = ['1', '2', '3'].slice(0, draw.below(4)).map((run) => ({ run, attempt: `a${run}` }));
  const others = new Map<TableDescription, readonly Known[]>([
    [auditLog, draw.some(10, () => decision(draw, all))],
    [postingHead, draw.onceIn(6) ? draw.some(2, () => ({})) : [{ run: draw.one(['1', '2', '3']), attempt: 'a1', booking_date: dayNear(draw) }]],
    [postingRuns, runs],
    [postingTotals, draw.some(8, () => ({}))],
    [reconciliationHead, draw.onceIn(6) ? draw.some(2, () => ({})) : [{ reconciliation: draw.one(['1', '2', '3']), attempt: 'a1' }]],
    [reconciliationRuns, draw.some(3, (number) => ({ reconciliation: String(number) }))],
    [reconciliationBreaks, draw.some(16, () => openBreak(draw, all))],
  ]);
  const full: Record<string, readonly (readonly Cell[])[]> = {
    archived_messages: archive(draw, all),
    [paymentJournal.name]: [...lines, ...ordinaryLines].map((known) => row(draw, paymentJournal, known, 60)),
    [paymentTransactions.name]: [...postings, ...ordinaryLines.map((known) => posting(draw, known))].map((known) => row(draw, paymentTransactions, known, 60)),
  };
  for (const table of FILLED) full[table.name] ??= (others.get(table) ?? draw.some(5, () => ({}))).map((known) => row(draw, table, known));
  return emptied(draw, Object.fromEntries(Object.entries(full).map(([name, rows]) => [name, KEYS[name] ? distinct(name, rows) : rows])));
}

/**
 * What tells the rows of a table apart, whoever wrote them: rows that agree in this agree in all. Elsewhere, and in every column that is
 * not named here, rows may be as they like.
 */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  payment_journal: ['message_id', 'data_sha256', 'journaled_at', 'outcome'],
  payment_transactions: ['posting_run', 'transaction_id', 'message_id', 'data_sha256'],
  posting_runs: ['run'],
  audit_log: ['effective_at', 'recorded_at', 'action', 'message_id', 'setting'],
  reconciliation_runs: ['reconciliation'],
  reconciliation_totals: ['reconciliation', 'currency', 'kind', 'disposition'],
  reconciliation_breaks: ['reconciliation', 'break_id'],
  job_runs: ['job', 'recorded_at'],
};

function distinct(name: string, rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const places = KEYS[name].map((key) => FILLED.find((table) => table.name === name)!.columns.findIndex((column) => column.name === key));
  return [...new Map(rows.map((cells) => [JSON.stringify(places.map((place) => cells[place])), cells])).values()];
}

function emptied(draw: Draw, full: World): World {
  if (draw.onceIn(15)) return Object.fromEntries(Object.keys(full).map((name) => [name, []]));
  return Object.fromEntries(Object.entries(full).map(([name, rows]) => [name, draw.onceIn(25) ? [] : draw.onceIn(25) ? rows.slice(0, 1) : rows]));
}

/** A message that nobody shares anything with. */
function ordinaryMessage(draw: Draw, number: number): Message {
  return { message_id: `ordinary-${number}`, payload: goodPayload(draw, `ordinary-${number}`), published_at: timeNear(draw), dead_letter_published_at: null, attributes: null };
}

/** Its line, all of which the ledger repeats: mostly it matches. */
function ordinaryLine(draw: Draw, { message_id, payload: { facts, sha256 }, published_at }: Message): Known {
  const about = { message_id, data_sha256: sha256, journaled_at: timeNear(draw), outcome: draw.one(['recorded', 'late']), published_at, dead_letter_published_at: null, faults: null };
  return { ...about, ...moneyFacts(draw, facts), customer_id: 'c', merchant_id: 'm', original_transaction_id: draw.one([null, 'T-1']), flags: draw.one([null, 'unknown_fields', 'card_data_seen']) };
}

/** A journal line as the pipeline writes it, whatever of it was decided. */
function line(draw: Draw, { message_id, payload: { facts, sha256 }, published_at, dead_letter_published_at }: Message): Known {
  const outcome = draw.one(['recorded', 'recorded', 'duplicate', 'conflict', 'late', 'rejected', 'dead_lettered']);
  const about = { message_id, data_sha256: sha256, journaled_at: timeNear(draw), outcome, published_at, dead_letter_published_at: outcome === 'dead_lettered' ? dead_letter_published_at : null };
  return outcome === 'rejected' ? { ...about, identity_key: null, fingerprint: null, amount: null, amount_minor: null, effect_minor: null } : { ...about, faults: null, ...moneyFacts(draw, facts) };
}

function moneyFacts(draw: Draw, facts: Facts): Known {
  const { transaction_id, kind, currency, minor, producer } = facts;
  return {
    transaction_id, kind, currency, producer, amount: billionths(facts), amount_minor: String(minor), effect_minor: String(effect(facts)),
    identity_key: hash(draw.onceIn(20) ? `${producer} ${transaction_id}` : transaction_id).slice(0, 32), fingerprint: hash(`${transaction_id} ${kind} ${minor} ${currency}`), fingerprint_version: 'v1',
  };
}

function posting(draw: Draw, known: Known): Known {
  return { ...known, posting_run: draw.one(['1', '2', '3']), booking_date: dayOf(known.journaled_at!), ...(known.event_time ? { event_date: dayOf(known.event_time) } : {}) };
}

function decision(draw: Draw, all: readonly Message[]): Known {
  const { message_id, payload } = draw.one(all);
  return { message_id, data_sha256: payload.sha256, action: draw.one(['decided_post', 'decided_reject', 'setting_changed', 'republished']) };
}

function openBreak(draw: Draw, all: readonly Message[]): Known {
  const { message_id, payload } = draw.one(all);
  const id = draw.onceIn(4) ? draw.one(MESSAGE_IDS) : message_id;
  return { reconciliation: draw.one(['1', '1', '2']), message_id: id, ...(draw.onceIn(3) ? { break_type: 'missing_message', break_id: `missing_message:${hash(`${message_id} ${payload.sha256}`).slice(0, 16)}` } : { break_id: draw.one(['b1', 'b2', 'b3', 'b4']) }) };
}
