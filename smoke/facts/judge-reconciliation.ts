import type { SqlRow } from '../../functions/ports.ts';
import { type Finding, unlessFaults } from '../result.ts';
import type { Published } from '../traffic/sent.ts';
import { named } from './judge-journal.ts';
import { fault } from './naming.ts';

/** What a reconciliation said. */
export interface Reconciled {
  readonly reconciliation: bigint;
  readonly posting_run: bigint;
  readonly verdict: string;
  readonly reason: string;
  readonly errors: bigint;
}

/** A row of `sql/reconciliations.sql`. */
export function reconciledOf(row: SqlRow): Reconciled {
  return { reconciliation: row.reconciliation as bigint, posting_run: row.posting_run as bigint, verdict: String(row.verdict), reason: String(row.reason), errors: row.errors as bigint };
}

/** The breaks that a run must leave: what a person would have to decide on. */
const EXPECTED: Readonly<Partial<Record<Published['disposition'], string>>> = { conflict: 'conflict_open', rejected: 'rejected_unresolved' };

/** It saw everything, and of this run it names the conflict and the rejects as warnings, and nothing else. Breaks of others are theirs. */
export function judgeReconciliation({ reconciliation, verdict, reason, errors }: Reconciled, published: readonly Published[], breaks: readonly SqlRow[]): Finding {
  const wanted = new Map<string, string>(published.flatMap((one) => (EXPECTED[one.disposition] ? [[`${EXPECTED[one.disposition]} warning ${one.message_id}`, named(one)] as const] : [])));
  const found = breaks.map(({ break_type, severity, message_id }) => `${String(break_type)} ${String(severity)} ${String(message_id ?? '')}`);
  const others = breaks.filter((_, index) => !wanted.has(found[index])).map(({ break_type, severity, transaction_id, message_id }) => `${String(break_type)} (${String(severity)}) ${String(message_id ?? transaction_id)}`);
  const unnamed = [...wanted].filter(([key]) => !found.includes(key)).map(([, name]) => name);
  const faults = [
    ...(verdict === 'incomplete' ? [`reconciliation ${reconciliation} is incomplete: ${reason}`] : []),
    ...fault(others, 'break', 'names this run', 'name this run'),
    ...fault(unnamed, 'message', 'is named by no break', 'are named by no break'),
  ];
  const foreign = errors > 0n ? `; ${errors} of its breaks must be acted on, none of them of this run` : '';
  return unlessFaults(faults, `reconciliation ${reconciliation}: ${verdict}${foreign}`);
}
