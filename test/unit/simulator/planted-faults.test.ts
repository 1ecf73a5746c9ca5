import { beforeAll, describe, expect, test } from 'vitest';
import { PLANTS } from '../../../functions/simulator/plants/all.ts';
import { type NaiveMessage, readFileNaively } from './naive-ledger.ts';
import { type SimulatedFile, simulated } from './simulated.ts';

/** What comes by chance, in bursts or as a consequence, besides what is planned. */
const UNPLANNED = [
  'republished', 'republished_other_key_order', 'republished_other_decimals', 'republished_redated', 'redelivered', 'silent_then_flood',
  'zero_amount', 'refund_again', 'refund_of_opening_book', 'chargeback_fee', 'payout', 'settlement_fee', 'corrected_after_reject', 'delivered_whole_later',
  'truncated_last_line',
];

let simulation: SimulatedFile;
let messages: readonly NaiveMessage[];
beforeAll(async () => {
  simulation = await simulated();
  messages = readFileNaively(simulation.file, simulation.key.source).messages;
});

function planted(fault: string): readonly string[] {
  return simulation.key.planted[fault]?.ids ?? [];
}

function published(fault: string): NaiveMessage[] {
  const ids = new Set(planted(fault));
  return messages.filter((message) => message.payment !== null && ids.has(message.payment.transaction_id));
}

function delivered(fault: string): NaiveMessage[] {
  const ids = new Set(planted(fault));
  return messages.filter((message) => ids.has(message.id));
}

/** Microseconds by which the message was published after its event_time. */
function lag(message: NaiveMessage): number {
  return Date.parse(message.publishTime as string) * 1000 - Number(message.payment?.micros);
}

const HOUR = 3_600_000_000;

describe('20,000 payments hold every planted fault', () => {
  test.each([...new Set([...PLANTS.map((plant) => plant.name), ...UNPLANNED])])('%s', (fault) => {
    expect(planted(fault).length).toBeGreaterThan(0);
  });

  test('and no other', () => {
    expect(Object.keys(simulation.key.planted).filter((fault) => !UNPLANNED.includes(fault) && !PLANTS.some((plant) => plant.name === fault))).toEqual([]);
  });

  test('as many of each malformation as messages rejected', () => {
    const rejected = new Set(simulation.key.message_ids.rejected);
    const faults = Object.keys(simulation.key.planted).filter((fault) => fault.startsWith('malformed_'));
    for (const fault of faults) for (const id of planted(fault)) expect(rejected, fault).toContain(id);
  });

  test.each([
    ['stored_by_terminals', 1, 24],
    ['airline_file', 1, 24],
    ['clock_behind', 2.9, 3.2],
    ['silent_then_flood', 0, 6.3],
    ['job_days_later', 24, 24 * 7],
    ['clock_hours_ahead', -5.1, -4.9],
    ['clock_a_day_ahead', -24.1, -23.9],
    ['withdrawn_currency_settled_late', 24 * 400, 24 * 500],
  ])('%s are published from %d to %d hours after their event_time', (fault, from, to) => {
    const lags = published(fault).map((message) => lag(message) / HOUR);
    expect(lags.length).toBeGreaterThan(0);
    expect(Math.min(...lags)).toBeGreaterThanOrEqual(from);
    expect(Math.max(...lags)).toBeLessThanOrEqual(to);
  });

  test('copies over midnight and over the month’s end have another transaction date than what is posted', () => {
    for (const fault of ['redated_over_midnight', 'redated_over_month_end']) {
      for (const copy of delivered(fault)) {
        const first = messages.find((message) => message.payment?.transaction_id === copy.payment?.transaction_id);
        const part = fault === 'redated_over_month_end' ? 7 : 10;
        expect(first?.payment?.date.slice(0, part), fault).not.toBe(copy.payment?.date.slice(0, part));
      }
    }
  });

  test('a look-alike has a payment of the same customer, merchant and amount within a minute', () => {
    for (const { payment } of published('lookalike')) {
      const twins = messages.filter((other) => other.payment?.customer_id === payment?.customer_id && other.payment?.merchant_id === payment?.merchant_id && other.payment?.minor === payment?.minor);
      expect(twins.some((twin) => twin.payment?.transaction_id !== payment?.transaction_id && Math.abs(Number((twin.payment?.micros ?? 0n) - (payment?.micros ?? 0n))) <= 60_000_000)).toBe(true);
    }
  });

  test('a reused message id is on two messages with other data', () => {
    for (const id of planted('message_id_reused')) expect(new Set(messages.filter((message) => message.id === id).map((message) => message.hash)).size).toBe(2);
  });

  test('early refunds come before their payment, orphans without one, others above it', () => {
    const position = new Map(messages.map((message, index) => [message.payment?.transaction_id, index]));
    for (const refund of published('refund_before_payment')) expect(position.get(refund.payment?.original as string)).toBeGreaterThan(position.get(refund.payment?.transaction_id) as number);
    for (const refund of published('refund_orphan')) expect(position.has(refund.payment?.original as string)).toBe(false);
  });

  test('what was never published is in no message', () => {
    for (const id of planted('never_published')) expect(simulation.file.includes(id)).toBe(false);
  });
});
