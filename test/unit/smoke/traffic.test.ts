import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../functions/config.ts';
import { MICROS_PER_DAY, parseRfc3339 } from '../../../functions/payment/time.ts';
import { prepareBatch } from '../../../functions/pipeline/pipeline.ts';
import { LEAST_PAYMENTS, MOST_PAYMENTS } from '../../../smoke/limits.ts';
import { planTraffic } from '../../../smoke/traffic/plan.ts';
import type { Planned } from '../../../smoke/traffic/sent.ts';

const NOW = parseRfc3339('2026-03-01T12:00:00Z')!.micros;
const plan = (payments = 20, seed = 7, run = 'r1') => planTraffic({ run, payments, seed, now: NOW });

/** As the functions would read it, with the widest watermark that a stack may have. */
function prepared({ data }: Planned, index: number) {
  const message = { message_id: String(index), data, attributes: {}, data_sha256: Buffer.alloc(32), published_at: NOW, dead_letter_published_at: null, redrive_of: null, source: 's', line_number: null, received_at: NOW, clock_skew: false, fault: null };
  return prepareBatch([message as never], { ...DEFAULT_SETTINGS, watermark: 30 * MICROS_PER_DAY })[0];
}

describe.each([[LEAST_PAYMENTS, 1], [20, 7], [MOST_PAYMENTS, 99]])('%i payments, seed %i', (payments, seed) => {
  const { prefix, rows, waves } = plan(payments, seed);
  const all = waves.flat();

  test('what is to be rejected has that fault, and nothing else has any', () => {
    for (const [index, one] of all.entries()) {
      const { decoded, time } = prepared(one, index);
      expect(decoded.faults.map(({ code }) => code), one.role).toEqual(one.fault === null ? [] : [one.fault]);
      if (one.fault === null) expect([time!.late, time!.clock_skew], one.role).toEqual([one.outcome === 'late', false]);
    }
  });

  test('the expected rows are what the functions read in the originals', () => {
    const originals = all.filter(({ disposition }) => disposition === 'posted');
    expect(originals.map(({ transaction_id }) => transaction_id)).toEqual(rows.map(({ transaction_id }) => transaction_id));
    for (const [index, one] of originals.entries()) {
      const { payment } = prepared(one, index).decoded;
      const { outcome: _outcome, ...row } = rows[index];
      expect({ ...payment!, effect_minor: row.kind === 'refund' ? -payment!.amount_minor : payment!.amount_minor }).toMatchObject(row);
    }
  });

  test('a copy comes after what it copies, as other bytes with the same facts; the conflict differs in money', () => {
    for (const copy of waves[1]) {
      const original = waves[0].find(({ transaction_id }) => transaction_id === copy.transaction_id)!;
      expect(copy.data.equals(original.data)).toBe(false);
      const [one, other] = [prepared(original, 0), prepared(copy, 1)].map(({ decoded }) => decoded.payment!.fingerprint);
      expect(one.equals(other), copy.role).toBe(copy.role !== 'conflict');
    }
  });

  test('every sort is there, ids are this run\'s and no other\'s, amounts are small', () => {
    expect(new Set(all.map(({ role }) => role))).toEqual(new Set(['payment', 'refund', 'yen', 'dinar', 'late', 'duplicate', 'late_duplicate', 'conflict', 'poison', 'malformed']));
    expect(rows).toHaveLength(payments);
    expect(new Set(rows.map(({ transaction_id }) => transaction_id)).size).toBe(payments);
    for (const { transaction_id, amount_minor, currency } of rows) expect(transaction_id.startsWith(prefix) && amount_minor > 0n && amount_minor < (currency === 'BHD' ? 1_000n : 100n)).toBe(true);
    const [bought, refund] = rows;
    expect([refund.kind, refund.original_transaction_id, refund.amount_minor < bought.amount_minor]).toEqual(['refund', bought.transaction_id, true]);
  });
});

test('two runs share no id and no bytes, whatever their seed', () => {
  const bytes = (run: string) => plan(20, 7, run).waves.flat().map(({ data }) => data.toString());
  expect(bytes('r1').filter((text) => bytes('r2').includes(text))).toEqual([]);
});

test('the same seed gives the same amounts', () => {
  expect(plan(20, 7)).toEqual(plan(20, 7));
  expect(plan(20, 7).rows).not.toEqual(plan(20, 8).rows);
});
