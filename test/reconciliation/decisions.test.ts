import { describe, expect, test } from 'vitest';
import { storeNow } from '../../functions/local/store-clock.ts';
import { decide } from '../../functions/local/commands/decide.ts';
import { post, type PostingKind } from '../../functions/ledger/post.ts';
import { claimFor } from './claimed-elsewhere.ts';
import { storeOf } from './healthy-store.ts';
import { microsAt, payment, type Published } from './published.ts';
import type { TrialStore } from './trial-store.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

const types = async (store: TrialStore, now?: number) => (await store.prove({ now })).open.map((one) => `${one.break_type} ${one.message_id}`);
const dispositionOf = async (store: TrialStore, message_id: string) => (await store.rows(`SELECT disposition FROM message_dispositions WHERE message_id = '${message_id}'`)).map((row) => row.disposition).join();
const postNow = async (store: TrialStore, kind: PostingKind = 'post') => post(store.directory.books, store.directory.ids, { kind, cut: await storeNow(store.directory), orphan_grace: store.directory.settings.orphan_grace });

test('a conflict is open until somebody rejects it', async () => {
  const store = await storeOf([{ id: 'm-1', at: 0, data: payment('p-1', 0) }, { id: 'm-2', at: 60, data: payment('p-1', 60, { amount: '11.00' }) }]);
  expect(await types(store)).toEqual(['conflict_open m-2']);
  await expect(decide(store.directory, 'm-2', 'decided_post', 'by mistake')).rejects.toThrow('in the ledger already');
  await decide(store.directory, 'm-2', 'decided_reject', 'a tip that was taken back');
  expect(await types(store)).toEqual([]);
  expect(await dispositionOf(store, 'm-2')).toBe('conflict');
  store.close();
});

test('a reject is open until somebody closes it', async () => {
  const store = await storeOf([{ id: 'm-1', at: 0, data: payment('p-1', 0) }, { id: 'm-2', at: 60, data: 'nothing' }, { id: 'm-3', at: 120, data: payment('p-3', 120, { amount: 'ten' }) }]);
  expect(await types(store)).toEqual(expect.arrayContaining(['rejected_unresolved m-2', 'rejected_unresolved m-3']));
  await decide(store.directory, 'm-2', 'decided_reject', 'published again as m-9');
  expect(await types(store)).toEqual(['rejected_unresolved m-3']);
  store.close();
});

describe('a conflict whose owner never came', () => {
  /** Ten days of traffic, so that the conflict's line is far older than any look-back. */
  async function orphaned(): Promise<TrialStore> {
    const store = await storeOf([]);
    await claimFor(store, 'm-lost', payment('p-1', 0), microsAt(0));
    const later: Published[] = [5, 10].map((day) => ({ id: `m-day-${day}`, at: DAY * day, data: payment(`p-day-${day}`, DAY * day) }));
    await store.ingest([{ id: 'm-conflict', at: 60, data: payment('p-1', 60, { amount: '11.00' }) }, ...later]);
    return store;
  }

  test('stays pending, with a break, however old', async () => {
    const store = await orphaned();
    const { verdict, open, messages } = await store.prove();
    expect(open).toMatchObject([{ break_type: 'conflict_open', severity: 'error', message_id: 'm-conflict', amount: '11.000000000', since: microsAt(60) }]);
    expect(open[0].detail).toContain('never came');
    expect({ verdict, pending: messages.pending }).toEqual({ verdict: 'breaks', pending: 1 });
    expect((await postNow(store, 'audit'))?.rows_posted).toBe(0);
    store.close();
  });

  test('is posted by the next posting once decided, though its line is older than the look-back', async () => {
    const store = await orphaned();
    await postNow(store); // so that the next one looks back two hours only
    await decide(store.directory, 'm-conflict', 'decided_post', 'the producer confirmed 11.00');
    expect(await store.prove(), 'decided, and due from now on').toMatchObject({ verdict: 'pending', open: [] });
    expect((await postNow(store))?.rows_posted).toBe(1);
    expect(await store.prove()).toMatchObject({ verdict: 'reconciled', open: [], messages: { posted: 3, pending: 0 } });
    store.close();
  });

  test('is overdue when it was decided long ago and nothing posted it', async () => {
    const store = await orphaned();
    await decide(store.directory, 'm-conflict', 'decided_post', 'the producer confirmed 11.00');
    const decided = (await storeNow(store.directory)) - 1;
    expect(await types(store, decided + 26 * HOUR * 1e6)).toEqual([]);
    expect(await types(store, decided + 26 * HOUR * 1e6 + 1)).toEqual(['pending_overdue m-conflict']);
    store.close();
  });

  test('is closed when rejected: it never counts', async () => {
    const store = await orphaned();
    await decide(store.directory, 'm-conflict', 'decided_reject', 'never happened');
    expect(await store.prove()).toMatchObject({ verdict: 'reconciled', open: [], messages: { posted: 2, rejected: 1, pending: 0 } });
    expect((await postNow(store, 'audit'))?.rows_posted).toBe(0);
    store.close();
  });

  test.each([
    ['reject', 'post', 'pending', 1],
    ['post', 'reject', 'reconciled', 0],
  ] as const)('goes by the last decision: %s, then %s', async (first, last, verdict, rows_posted) => {
    const store = await orphaned();
    await decide(store.directory, 'm-conflict', `decided_${first}`, 'too soon');
    await decide(store.directory, 'm-conflict', `decided_${last}`, 'on second thoughts');
    expect(await store.prove()).toMatchObject({ verdict, open: [] });
    expect((await postNow(store))?.rows_posted).toBe(rows_posted);
    expect((await store.prove()).verdict).toBe('reconciled');
    store.close();
  });

  test('is open again when it was to be posted, but its payment came first with other facts', async () => {
    const store = await orphaned();
    await store.ingest([{ id: 'm-other', at: 10 * DAY + 60, data: payment('p-1', 0, { amount: '12.00' }) }]);
    await store.run(`INSERT INTO audit_log SELECT make_timestamptz(${microsAt(10 * DAY + 61)}), make_timestamptz(${microsAt(10 * DAY + 61)}), 'test', 'decided_post', message_id, data_sha256, NULL, NULL, NULL, 'too late' FROM payment_journal WHERE message_id = 'm-conflict'`);
    const { open } = await store.prove();
    expect(open).toMatchObject([{ break_type: 'conflict_open', message_id: 'm-conflict' }]);
    expect(open[0].detail).toContain('came before it');
    store.close();
  });
});

describe('a duplicate whose owner never came', () => {
  const copies: Published[] = [{ id: 'm-copy', at: 60, data: payment('p-1', 0) }, { id: 'm-copy-2', at: 120, data: payment('p-1', 0) }];

  async function orphaned(): Promise<TrialStore> {
    const store = await storeOf([]);
    await claimFor(store, 'm-lost', payment('p-1', 0), microsAt(0));
    await store.ingest([...copies, { id: 'm-2', at: 180, data: payment('p-2', 180) }]);
    return store;
  }

  test('is pending within its grace, and overdue two hours after it', async () => {
    const store = await orphaned();
    expect(await store.prove()).toMatchObject({ verdict: 'pending', open: [], messages: { pending: 2 } });
    expect(await types(store, microsAt(60 + 26 * HOUR))).toEqual([]);
    expect(await types(store, microsAt(60 + 26 * HOUR) + 1)).toEqual(['pending_overdue m-copy']);
    expect(await store.prove({ now: microsAt(60 + 26 * HOUR) + 1 })).toMatchObject({ verdict: 'breaks', open: [{ severity: 'error', amount: '10.000000000', currency: 'EUR', since: microsAt(60) }] });
    store.close();
  });

  test('counts when its grace is over, with a warning', async () => {
    const store = await orphaned();
    await store.ingest([{ id: 'm-3', at: 25 * HOUR, data: payment('p-3', 25 * HOUR) }]);
    const proof = await store.prove();
    expect(proof).toMatchObject({ verdict: 'reconciled', messages: { posted: 3, duplicate: 1 } });
    expect(proof.open).toMatchObject([{ break_type: 'posted_by_grace', severity: 'warning', transaction_id: 'p-1', message_id: 'm-copy', amount: '10.000000000' }]);
    store.close();
  });
});
