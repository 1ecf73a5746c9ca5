import type { SqlRow } from '../../functions/ports.ts';
import { decimalText } from '../../functions/simulator/money-text.ts';
import { type Finding, unlessFaults } from '../result.ts';
import { EXPONENTS, type SmokeCurrency } from '../traffic/payment-json.ts';
import type { Traffic } from '../traffic/sent.ts';

interface Total {
  readonly postings: bigint;
  readonly gross_minor: bigint;
  readonly net_minor: bigint;
}

/** Count, gross and net of each currency and kind are those of the payments that were published. */
export function judgeTotals({ rows }: Traffic, found: readonly SqlRow[]): Finding {
  const expected = new Map([...Map.groupBy(rows, ({ currency, kind }) => `${currency} ${kind}`)].map(([name, of]): [string, Total] => [
    name,
    { postings: BigInt(of.length), gross_minor: sum(of.map(({ amount_minor }) => amount_minor)), net_minor: sum(of.map(({ effect_minor }) => effect_minor)) },
  ]));
  const posted = new Map(found.map((row): [string, Total] => [`${row.currency} ${row.kind}`, { postings: row.postings as bigint, gross_minor: whole(row.gross_minor), net_minor: whole(row.net_minor) }]));
  const names = [...new Set([...expected.keys(), ...posted.keys()])].sort();
  const faults = names.filter((name) => text(expected.get(name)) !== text(posted.get(name))).map((name) => `${name}: ${text(posted.get(name))}, published ${text(expected.get(name))} (count, gross, net, in minor units)`);
  return unlessFaults(faults, [...expected].map(([name, { postings, net_minor }]) => `${postings} ${name} net ${decimal(net_minor, name)}`).join(', '));
}

/** Rows, identities and ids of the whole ledger; ids may repeat where they are not the identity. */
export function judgeWhole({ ledger_rows, identities, transaction_ids }: SqlRow, transaction_id_is_identity: boolean): Finding {
  const faults = [
    ...(ledger_rows === identities ? [] : [`the ledger has ${ledger_rows} rows, of ${identities} payments`]),
    ...(ledger_rows === transaction_ids || !transaction_id_is_identity ? [] : [`the ledger has ${ledger_rows} rows, with ${transaction_ids} transaction ids`]),
  ];
  return unlessFaults(faults, `${ledger_rows} rows, ${identities} payments`);
}

/** Numbers and attempts of the postings since the run began. */
export function judgeRuns({ runs, numbers, attempts, last_run }: SqlRow, run_before: bigint, started: number): Finding {
  const faults = [
    ...(runs === numbers ? [] : [`${runs} postings have ${numbers} numbers`]),
    ...(runs === attempts ? [] : [`${runs} postings have ${attempts} attempts`]),
    ...(last_run === run_before + (runs as bigint) ? [] : [`after run ${run_before} there are ${runs} more, and the last is ${last_run}`]),
  ];
  return unlessFaults(faults, `${started} postings were started here, two at a time; ${runs} were committed in that time, the last is run ${last_run}`);
}

function text(total: Total | undefined): string {
  return total === undefined ? 'nothing' : `${total.postings}, ${total.gross_minor}, ${total.net_minor}`;
}

function decimal(minor: bigint, name: string): string {
  const sign = minor < 0n ? '-' : '';
  return `${sign}${decimalText(minor < 0n ? -minor : minor, EXPONENTS[name.split(' ')[0] as SmokeCurrency] ?? 0)}`;
}

/** NUMERIC text of whole minor units. */
function whole(value: unknown): bigint {
  return BigInt(String(value).replace(/\.0+$/, ''));
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, one) => total + one, 0n);
}
