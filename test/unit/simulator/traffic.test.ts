import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type NaiveMessage, readFileNaively } from './naive-ledger.ts';
import type { NaivePayment } from './naive-payment.ts';
import { type SimulatedFile, simulated } from './simulated.ts';

function hashOf({ file, key, rates }: SimulatedFile): string {
  return createHash('sha256').update(file).update(JSON.stringify(key)).update(JSON.stringify(rates)).digest('hex');
}

describe('the same options', () => {
  test('give the same bytes and the same key', async () => {
    const options = { payments: 5_000, seed: 77 };
    expect(hashOf(await simulated(options))).toBe(hashOf(await simulated(options)));
  });

  test.each([{ seed: 78 }, { start: '2024-02-27T00:00:00Z' }, { payments: 1_001 }, { rates: { republished: 0.01 } }])('but others other bytes: %o', async (change) => {
    const options = { payments: 1_000, seed: 77 };
    expect(hashOf(await simulated({ ...options, ...change }))).not.toBe(hashOf(await simulated(options)));
  });
});

describe('50,000 payments', () => {
  let messages: readonly NaiveMessage[];
  let payments: readonly NaivePayment[];
  let simulation: SimulatedFile;
  beforeAll(async () => {
    simulation = await simulated({ payments: 50_000, seed: 9, rates: { rejects: 0.004 } });
    ({ messages } = readFileNaively(simulation.file, simulation.key.source));
    payments = messages.map((message) => message.payment).filter((payment) => payment !== null);
  });

  test('have first digits by Benford’s law over all merchants, and not at single ones', () => {
    expect(distanceFromBenford(payments)).toBeLessThanOrEqual(0.015);
    const byMerchant = [...Map.groupBy(payments, (payment) => payment.merchant_id).values()].filter((group) => group.length > 200);
    expect(Math.max(...byMerchant.map(distanceFromBenford))).toBeGreaterThan(0.03);
  });

  test('come in two humps a day, with one peak day', () => {
    const euros = payments.filter((payment) => payment.currency === 'EUR' && payment.kind === 'payment');
    const atHour = (hour: number): number => euros.filter((payment) => Number((payment.micros / 3_600_000_000n + 1n) % 24n) === hour).length;
    expect(atHour(12)).toBeGreaterThan(1.3 * atHour(16));
    expect(atHour(19)).toBeGreaterThan(1.3 * atHour(16));
    expect(atHour(16)).toBeGreaterThan(3 * atHour(3));
    const days = [...Map.groupBy(payments, (payment) => payment.date).values()].map((day) => day.length).sort((a, b) => b - a);
    expect(days[0]).toBeGreaterThan(2.2 * (days[1] as number));
  });

  test('have merchants by Zipf’s law and customers who come again', () => {
    const sizes = [...Map.groupBy(payments, (payment) => payment.merchant_id).values()].map((group) => group.length).sort((a, b) => b - a);
    expect(sizes.length).toBeGreaterThan(500);
    expect((sizes[0] as number) / (sizes[9] as number)).toBeGreaterThan(6);
    expect(new Set(payments.map((payment) => payment.customer_id)).size).toBeLessThan(payments.length / 4);
  });

  test.each(['EUR', 'USD', 'JPY', 'KWD', 'BHD', 'ISK', 'CLP', 'HRK'])('hold %s', (currency) => {
    expect(payments.some((payment) => payment.currency === currency)).toBe(true);
  });

  test('have JPY in tens', () => {
    const yen = payments.filter((payment) => payment.currency === 'JPY' && payment.kind === 'payment');
    expect(yen.filter((payment) => payment.minor % 10n === 0n).length / yen.length).toBeGreaterThan(0.8);
  });

  test('take the hour away at which summer time begins in the US', () => {
    const dollars = messages.filter((message) => message.payment?.currency === 'USD').map((message) => /"event_time":"(2024-03-(?:09|10)T[^"]+-0[45]:00)"/.exec(message.data.toString())?.[1]);
    expect(dollars.some((time) => time?.endsWith('-05:00'))).toBe(true);
    expect(dollars.some((time) => time?.endsWith('-04:00'))).toBe(true);
    expect(dollars.filter((time) => time?.startsWith('2024-03-10T02'))).toEqual([]);
  });

  test('are rejected in clusters: the variance by hour is far above that of independent faults', () => {
    expect(dispersion(messages, simulation.key.message_ids.rejected, 3_600_000, 14)).toBeGreaterThan(10);
  });
});

test('copies come in bursts, and are independent where there are none', async () => {
  const dispersionOf = async (rates: Record<string, number>): Promise<number> => {
    const { file, key } = await simulated({ payments: 12_000, days: 1, seed: 12, rates });
    return dispersion(readFileNaively(file, key.source).messages, key.planted['republished']?.ids ?? [], 600_000, 1);
  };
  expect(await dispersionOf({ republish_bursts: 8, republished_in_burst: 0.8 })).toBeGreaterThan(2.5);
  expect(await dispersionOf({ republish_bursts: 0, republished: 0.006 })).toBeLessThan(2);
});

/** Variance over mean of the messages' counts in stretches of time (milliseconds): about 1 where events are independent. */
function dispersion(messages: readonly NaiveMessage[], ids: readonly string[], stretch: number, days: number): number {
  const wanted = new Set(ids);
  const times = messages.filter((message) => message.publishTime !== null && wanted.has(message.id)).map((message) => Math.floor(Date.parse(message.publishTime as string) / stretch));
  const counts = [...Map.groupBy(times, (time) => time).values()].map((group) => group.length);
  const cells = (days * 86_400_000) / stretch;
  const mean = times.length / cells;
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) + (cells - counts.length) * mean ** 2;
  return squares / cells / mean;
}

/** Mean absolute deviation of first digits from Benford's law. */
function distanceFromBenford(payments: readonly NaivePayment[]): number {
  const digits = payments.filter((payment) => payment.minor > 0n).map((payment) => Number(payment.minor.toString()[0]));
  const deviations = Array.from({ length: 9 }, (_, index) => Math.abs(digits.filter((digit) => digit === index + 1).length / digits.length - Math.log10(1 + 1 / (index + 1))));
  return deviations.reduce((sum, deviation) => sum + deviation, 0) / 9;
}
