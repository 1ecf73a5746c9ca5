import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { duckdbBooks } from '../../functions/adapters/embedded/duckdb-books.ts';
import { duckdbJournal } from '../../functions/adapters/embedded/duckdb-journal.ts';
import { readLine } from '../../functions/adapters/embedded/read-line.ts';
import { openStore } from '../../functions/adapters/embedded/store.ts';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { post } from '../../functions/ledger/post.ts';
import type { DataDirectory } from '../../functions/local/data-directory.ts';
import { parseRfc3339 } from '../../functions/payment/time.ts';
import { processBatch } from '../../functions/pipeline/pipeline.ts';
import type { Books, Claims, Journal } from '../../functions/ports.ts';
import { ingestThrough, simulated } from '../support/books-in-test.ts';
import { insertLines } from '../support/journal-rows.ts';
import { dumpLedger } from '../support/ledger-dump.ts';
import { sharedDirectory, temporaryDirectory } from '../support/temporary-directory.ts';
import { at } from '../support/traffic.ts';

const NOW = parseRfc3339('2024-03-01T12:00:00Z')!.micros;
let attempts = 0;
const ids = { next: () => `attempt ${(attempts += 1)}` };

/** The port with one method that does its work and then fails, the first `times` it is called. */
function losingReplies<Port extends object>(port: Port, method: keyof Port, times = 1): Port {
  let left = times;
  const real = port[method] as (...args: unknown[]) => Promise<unknown>;
  const losing = async (...args: unknown[]) => {
    const result = await real.apply(port, args);
    if (left-- > 0) throw new Error('the reply was lost');
    return result;
  };
  return { ...port, [method]: losing };
}

test('a posting whose COMMIT succeeded unheard is posted once when it is tried again', async () => {
  const store = await openStore(temporaryDirectory());
  await insertLines(store.connection, ['a', 'b'].map((name, index) => ({ message_id: `m${name}`, transaction_id: name, outcome: 'recorded' as const, journaled_at: NOW + index })));
  const books: Books = losingReplies(duckdbBooks(store.connection), 'transaction');
  const order = { kind: 'post', cut: NOW + 10, orphan_grace: DEFAULT_SETTINGS.orphan_grace } as const;
  await expect(post(books, ids, order)).rejects.toThrow('the reply was lost');
  expect(await post(books, ids, order)).toMatchObject({ run: 2, rows_posted: 0 });
  const rows = await store.connection.runAndReadAll('SELECT transaction_id, posting_run FROM payment_transactions ORDER BY 1');
  expect(rows.getRowsJson()).toEqual([['a', '1'], ['b', '1']]);
  store.close();
});

test('lines that were appended unheard are appended again, and posted once; without faults a message has one line', async () => {
  const store = await openStore(temporaryDirectory());
  const claims: Claims = { claim: async (requests) => requests.map(({ owner }) => ({ result: 'claimed', owner })) };
  let last = 0;
  const journal: Journal = duckdbJournal(store.connection, () => last, async (_connection, stamp) => void (last = stamp));
  const read = (line: string, number: number) => ({ ...readLine(Buffer.from(line), 'f', number), received_at: NOW, clock_skew: false });
  const lines = async () => Number((await store.connection.runAndReadAll('SELECT COUNT(*) FROM payment_journal')).getRows()[0][0]);
  await processBatch([read(at('11:59', 'm1', 't1'), 1), read(at('11:59', 'm2', 't2'), 2)], { claims, journal }, DEFAULT_SETTINGS);
  expect(await lines()).toBe(2);
  const batch = [read(at('11:59', 'm3', 't3'), 3), read(at('11:59', 'm4', 't4'), 4)];
  const losing = losingReplies(journal, 'append');
  await expect(processBatch(batch, { claims, journal: losing }, DEFAULT_SETTINGS)).rejects.toThrow('the reply was lost');
  await processBatch(batch, { claims, journal: losing }, DEFAULT_SETTINGS);
  expect(await lines()).toBe(6);
  expect(await post(duckdbBooks(store.connection), ids, { kind: 'post', cut: last + 1, orphan_grace: DEFAULT_SETTINGS.orphan_grace })).toMatchObject({ rows_posted: 4 });
  store.close();
});

describe('a whole ingest, run again after it failed, gives the very same books', () => {
  const directory = sharedDirectory();
  let file: string;
  let undisturbed: string[];
  const expectSame = (dump: readonly string[], what: string) => dump.forEach((table, index) => expect(table === undisturbed[index], `${what}: table ${index}`).toBe(true));

  beforeAll(async () => {
    ({ file } = await simulated(directory, 120, 21, { republished: 0.05, conflicts: 0.02, redelivered: 0.05 }));
    await ingestThrough(join(directory, 'undisturbed'), file, (opened) => opened, 80);
    undisturbed = await dumpLedger(join(directory, 'undisturbed'));
  });

  test('claims that were made unheard', async () => {
    const data = join(directory, 'claims');
    const disturb = (opened: DataDirectory) => ({ ...opened, claims: losingReplies(opened.claims, 'claim') });
    await expect(ingestThrough(data, file, disturb, 80)).rejects.toThrow('the reply was lost');
    await ingestThrough(data, file, (opened) => opened, 80);
    expectSame(await dumpLedger(data), 'claims');
  });

  test.each([['succeeded unheard', true], ['failed', false]])('each COMMIT in turn %s', async (_name, applied) => {
    let failed = true;
    let commit = 0;
    for (; failed; commit++) {
      const data = join(directory, `${applied}-${commit}`);
      const disturb = async (opened: DataDirectory): Promise<DataDirectory> => {
        const counter = { left: commit };
        const connection = failingAtCommit(opened.store.connection, counter, applied);
        const archiveConnection = failingAtCommit(opened.archiveConnection, counter, applied);
        const journalConnection = failingAtCommit(opened.journalConnection, counter, applied);
        return { ...opened, store: { ...opened.store, connection }, books: duckdbBooks(connection), archiveConnection, journalConnection };
      };
      failed = await ingestThrough(data, file, disturb, 80).then(() => false, (error: Error) => (expect(error.message).toBe('no reply to COMMIT'), true));
      await ingestThrough(data, file, (opened) => opened, 80);
      expectSame(await dumpLedger(data), `commit ${commit}`);
    }
    expect(commit, 'commits tried').toBeGreaterThan(5);
  });
});

/** A connection whose COMMIT number `left` fails, after it was applied or instead. */
function failingAtCommit(connection: DuckDBConnection, counter: { left: number }, applied: boolean): DuckDBConnection {
  return new Proxy(connection, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        const fails = name === 'run' && args[0] === 'COMMIT' && counter.left-- === 0;
        if (fails && !applied) await target.run('ROLLBACK');
        const result: unknown = fails && !applied ? null : await value.apply(target, args);
        if (fails) throw new Error('no reply to COMMIT');
        return result;
      };
    },
  });
}
