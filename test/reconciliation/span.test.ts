import { describe, expect, test } from 'vitest';
import { decide } from '../../functions/local/commands/decide.ts';
import { storeNow } from '../../functions/local/store-clock.ts';
import { post } from '../../functions/ledger/post.ts';
import { Random } from '../../functions/simulator/random.ts';
import { utcMidnightBefore } from '../../functions/payment/time.ts';
import { spanStart } from '../../functions/reconciliation/span.ts';
import { claimFor } from './claimed-elsewhere.ts';
import { storeOf } from './healthy-store.ts';
import { microsAt, payment, type Published } from './published.ts';
import type { Proof, TrialStore } from './trial-store.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const DISPOSITIONS = ['posted', 'duplicate', 'conflict', 'pending', 'rejected', 'missing'];

/** Days of traffic in which copies, conflicts, dead letters and rejects come hours and days after their payments. */
function traffic(seed: number, days: number, count: number): Published[] {
  const random = new Random(seed, 'span');
  const pick = (n: number) => random.bits() % n;
  const times = Array.from({ length: count }, () => pick(days * DAY)).sort((a, b) => a - b);
  return times.map((at, index): Published => {
    const earlier = pick(index + 1);
    const fresh = payment(`p-${index}`, at - (pick(10) === 0 ? 3 * HOUR : 0), { amount: `${10 + pick(50)}.00` });
    const kind = pick(12);
    if (index > 5 && kind === 0) return { id: `m-${index}`, at, data: payment(`p-${earlier}`, at) }; // a copy of a copy, a conflict or a first, whatever p-N was
    if (index > 5 && kind === 1) return { id: `m-${index}`, at, data: payment(`p-${earlier}`, times[earlier], { amount: '99.00' }) };
    if (kind === 2) return { id: `m-${index}`, at, data: payment(`p-${index}`, at, { customer_id: undefined }) };
    if (kind === 3) return { id: `m-${index}`, at, data: fresh, dead_letter_of: at - pick(30) * HOUR };
    return { id: `m-${index}`, at, data: fresh };
  });
}

/** Messages published from here on; a dead letter that stands alone goes by its original. */
const inSpan = (from: number | null) => `epoch_us(published_at) >= ${from} AND NOT EXISTS (SELECT 1 FROM archived_messages AS dead WHERE dead.message_id = message_dispositions.message_id AND epoch_us(dead.dead_letter_published_at) < ${from})`;
const countsFrom = async (store: TrialStore, from: number) => {
  const rows = await store.rows(`SELECT disposition, CAST(COUNT(*) AS INTEGER) AS messages FROM message_dispositions WHERE is_published AND ${inSpan(from)} GROUP BY 1`);
  return Object.fromEntries(DISPOSITIONS.map((name) => [name, rows.find((row) => row.disposition === name)?.messages ?? 0]));
};
const named = (proof: Proof, from = 0) => proof.open.filter((one) => (one.since ?? from) >= from).map((one) => `${one.break_type} ${one.break_id} ${one.severity}`).sort();

describe.each([1, 2, 3, 4, 5, 6])('seed %i: a reconciliation of the last days', (seed) => {
  test('says of their messages what one of all messages says, and keeps every break open', async () => {
    const store = await storeOf(traffic(seed, 6, 300));
    const whole = await store.prove();
    for (const days of [0, 1, 3]) {
      const proof = await store.prove({ days });
      const from = proof.published_from!;
      expect(from).toBe(utcMidnightBefore(await storeNow(store.directory)) - days * DAY * 1e6);
      const { published, ...counts } = proof.messages;
      expect(counts).toEqual(await countsFrom(store, from));
      expect(published).toBeGreaterThan(0);
      expect(published).toBeLessThan(whole.messages.published);
      expect(named(proof)).toEqual(named(whole));
      expect(proof.verdict).toBe(whole.verdict);
    }
    store.close();
  });
});

test('the money of a span is that of its messages, on every side', async () => {
  const store = await storeOf(traffic(9, 6, 300));
  await store.prove();
  const { reconciliation, published_from } = await store.prove({ days: 2 });
  const totals = await store.rows(`SELECT disposition, currency, kind, CAST(SUM(gross) AS VARCHAR) AS gross, CAST(SUM(messages) AS INTEGER) AS messages FROM reconciliation_totals WHERE reconciliation = ${reconciliation} AND disposition IN ('published', 'posted') GROUP BY ALL ORDER BY ALL`);
  const expected = await store.rows(`
    SELECT 'posted' AS disposition, currency, kind, CAST(SUM(amount) AS VARCHAR) AS gross, CAST(COUNT(*) AS INTEGER) AS messages FROM message_dispositions WHERE disposition = 'posted' AND ${inSpan(published_from)} GROUP BY ALL
    UNION ALL SELECT 'published', COALESCE(currency, 'unknown'), COALESCE(kind, 'unknown'), CAST(COALESCE(SUM(amount), 0) AS VARCHAR), CAST(COUNT(*) AS INTEGER) FROM message_dispositions WHERE is_published AND ${inSpan(published_from)} GROUP BY ALL ORDER BY ALL`);
  expect(totals).toEqual(expected);
  store.close();
});

describe('a break before the span', () => {
  const later: Published[] = [1, 2, 3, 4, 5].map((day) => ({ id: `m-day-${day}`, at: DAY * day, data: payment(`p-day-${day}`, DAY * day) }));
  const first: Published = { id: 'm-1', at: 0, data: payment('p-1', 0) };
  const types = (proof: Proof) => proof.open.map((one) => `${one.break_type} ${one.message_id} ${one.severity}`);

  async function opened(lines: readonly Published[]): Promise<TrialStore> {
    const store = await storeOf([...lines, ...later]);
    await store.prove();
    return store;
  }

  test('a conflict stays open until a person decides, and grows into an error', async () => {
    const store = await opened([first, { id: 'm-2', at: 60, data: payment('p-1', 60, { amount: '11.00' }) }]);
    expect(types(await store.prove({ days: 1 }))).toEqual(['conflict_open m-2 warning']);
    expect(types(await store.prove({ days: 1 })), 'carried from a carried one').toEqual(['conflict_open m-2 warning']);
    expect(types(await store.prove({ days: 1, now: microsAt(60 + 7 * DAY) + 1e6 }))).toEqual(['conflict_open m-2 error']);
    await decide(store.directory, 'm-2', 'decided_reject', 'a tip that was taken back');
    expect(types(await store.prove({ days: 1 }))).toEqual([]);
    store.close();
  });

  test('a reject stays open until a person decides', async () => {
    const store = await opened([first, { id: 'm-2', at: 60, data: payment('p-2', 60, { amount: 'ten' }) }]);
    expect(types(await store.prove({ days: 1 }))).toEqual(['rejected_unresolved m-2 warning']);
    await decide(store.directory, 'm-2', 'decided_reject', 'published again');
    expect(types(await store.prove({ days: 1 }))).toEqual([]);
    store.close();
  });

  test('a missing message stays missing until it has a line', async () => {
    const store = await storeOf([first, { id: 'm-2', at: 60, data: payment('p-2', 60) }, ...later]);
    await store.run("CREATE TEMP TABLE kept AS FROM payment_journal WHERE message_id = 'm-2'; DELETE FROM payment_journal WHERE message_id = 'm-2'; DELETE FROM payment_transactions WHERE message_id = 'm-2'; DELETE FROM posting_totals WHERE run = 1; DELETE FROM posting_runs WHERE run = 1");
    const missing = 'missing_message m-2 error';
    expect(types(await store.prove())).toContain(missing);
    expect(types(await store.prove({ days: 1 }))).toContain(missing);
    await store.run(`INSERT INTO payment_journal SELECT * REPLACE (make_timestamptz(${microsAt(5 * DAY + 60)}) AS journaled_at) FROM kept`);
    expect(types(await store.prove({ days: 1 }))).not.toContain(missing);
    store.close();
  });

  test('an overdue message stays overdue until it is posted', async () => {
    const store = await storeOf([]);
    await claimFor(store, 'm-lost', payment('p-1', 0), microsAt(0));
    await store.ingest([{ id: 'm-conflict', at: 60, data: payment('p-1', 60, { amount: '11.00' }) }, ...later]);
    const { settings, books, ids } = store.directory;
    await decide(store.directory, 'm-conflict', 'decided_post', 'confirmed');
    const overdue = microsAt(7 * DAY);
    expect(types(await store.prove({ now: overdue }))).toEqual(['pending_overdue m-conflict error']);
    expect(types(await store.prove({ now: overdue, days: 1 }))).toEqual(['pending_overdue m-conflict error']);
    await post(books, ids, { kind: 'audit', cut: overdue, orphan_grace: settings.orphan_grace });
    expect(types(await store.prove({ now: overdue, days: 1 }))).toEqual([]);
    store.close();
  });

  test('an altered ledger row stays a break until a reconciliation of all messages finds it mended', async () => {
    const store = await storeOf([first, ...later]);
    await store.run("UPDATE payment_transactions SET amount = 11 WHERE message_id = 'm-1'");
    await store.prove();
    await store.run("UPDATE payment_transactions SET amount = 10 WHERE message_id = 'm-1'");
    expect(types(await store.prove({ days: 1 }))).toEqual(['money_mismatch m-1 error']);
    expect(types(await store.prove())).toEqual([]);
    store.close();
  });

  test.each([['before the span', 0], ['in the span', 5 * DAY]])('over-refunds are looked for among all messages, and kept: %s', async (_name, at) => {
    const store = await opened([{ id: 'm-1', at, data: payment('p-1', at) }, { id: 'm-2', at: at + 60, data: payment('r-1', at + 60, { kind: 'refund', amount: '20.00', original_transaction_id: 'p-1' }) }]);
    expect(types(await store.prove({ days: 1 }))).toEqual(['over_refund m-1 warning']);
    store.close();
  });

  test('a payment that is posted again in the span is a double posting', async () => {
    const store = await opened([first]);
    await store.run(`INSERT INTO payment_transactions SELECT * REPLACE (DATE '2024-12-31' AS booking_date) FROM payment_transactions WHERE message_id = 'm-1'`);
    expect(types(await store.prove({ days: 1 }))).toContain('double_posting m-1 error');
    store.close();
  });
});

test.each([
  ['the first time: all messages', null, 2, null],
  ['no days given: all messages', Date.parse('2026-03-05T10:00:00Z') * 1e3, null, null],
  ['whole days before the day of the last one', Date.parse('2026-03-05T10:00:00Z') * 1e3, 2, Date.parse('2026-03-03') * 1e3],
  ['that day alone', Date.parse('2026-03-05T00:00:00Z') * 1e3, 0, Date.parse('2026-03-05') * 1e3],
] as const)('a span starts: %s', (_name, last, days, expected) => expect(spanStart(last, days)).toBe(expected));

test('after a reconciliation that could not see everything, the span still starts at the one that could', async () => {
  const store = await storeOf([{ id: 'm-1', at: 0, data: payment('p-1', 0) }, { id: 'm-2', at: 9 * DAY, data: payment('p-2', 9 * DAY) }]);
  await store.prove({ now: microsAt(DAY) });
  await store.prove({ now: microsAt(9 * DAY + 60), incomplete: ['the archive is behind'] });
  const { published_from } = await store.prove({ days: 1 });
  expect(published_from).toBe(spanStart(microsAt(DAY), 1));
  store.close();
});
