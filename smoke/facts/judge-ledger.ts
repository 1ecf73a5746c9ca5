import { counted } from '../../functions/figures.ts';
import type { SqlRow } from '../../functions/ports.ts';
import { type Finding, unlessFaults } from '../result.ts';
import { SMOKE_PARTY } from '../traffic/payment-json.ts';
import type { ExpectedRow, Published, Traffic } from '../traffic/sent.ts';
import { fault } from './naming.ts';

/** Each payment stands in the ledger once, from the message that was published first, with its money; and nothing else of this run does. */
export function judgeLedger({ rows }: Traffic, published: readonly Published[], found: readonly SqlRow[]): Finding {
  const of = Map.groupBy(found, ({ transaction_id }) => String(transaction_id));
  const first = new Map(published.filter(({ disposition }) => disposition === 'posted').map(({ transaction_id, message_id }) => [transaction_id, message_id]));
  const expected = new Set(rows.map(({ transaction_id }) => transaction_id));
  const ids = (which: (row: ExpectedRow, posted: readonly SqlRow[]) => boolean) => rows.filter((row) => which(row, of.get(row.transaction_id) ?? [])).map(({ transaction_id }) => transaction_id);
  const faults = [
    ...fault(ids((_row, posted) => posted.length === 0), 'payment', 'is not in the ledger', 'are not in the ledger'),
    ...fault(ids((_row, posted) => posted.length > 1), 'payment', 'is in the ledger more than once', 'are in the ledger more than once'),
    ...fault(ids((row, posted) => posted.some((one) => !isSame(row, one))), 'payment', 'is in the ledger with other facts', 'are in the ledger with other facts'),
    ...fault(ids((row, posted) => posted.some(({ message_id }) => message_id !== first.get(row.transaction_id))), 'payment', 'is posted from another message', 'are posted from other messages'),
    ...fault([...of.keys()].filter((id) => !expected.has(id)), 'ledger row', 'is of no payment of this run', 'are of no payment of this run'),
  ];
  return unlessFaults(faults, `${counted(rows.length, 'payment')}, each once`);
}

/** True where every payment is there: what a wait waits for. */
export function isInLedger({ rows }: Traffic, found: readonly SqlRow[]): boolean {
  const posted = new Set(found.map(({ transaction_id }) => String(transaction_id)));
  return rows.every(({ transaction_id }) => posted.has(transaction_id));
}

function isSame(row: ExpectedRow, posted: SqlRow): boolean {
  return (
    (['kind', 'amount_minor', 'effect_minor', 'currency', 'original_transaction_id', 'outcome'] as const).every((name) => posted[name] === row[name]) &&
    posted.customer_id === SMOKE_PARTY &&
    posted.merchant_id === SMOKE_PARTY
  );
}

/** The live view shows each payment once, with its money, whether it is posted yet or not. */
export function judgeLive({ rows }: Traffic, found: readonly SqlRow[]): Finding {
  const of = Map.groupBy(found, ({ transaction_id }) => String(transaction_id));
  const wrongOnes = rows.filter((row) => {
    const shown = of.get(row.transaction_id) ?? [];
    return shown.length !== 1 || shown[0].amount_minor !== row.amount_minor || shown[0].effect_minor !== row.effect_minor || shown[0].currency !== row.currency;
  });
  const faults = [...fault(wrongOnes.map(({ transaction_id }) => transaction_id), 'payment', 'does not show as published', 'do not show as published'), ...(of.size > rows.length ? [`${of.size} payments show, and ${rows.length} were published`] : [])];
  return unlessFaults(faults, `${counted(rows.length, 'payment')}, ${found.filter(({ is_posted }) => is_posted === true).length} of them posted already`);
}
