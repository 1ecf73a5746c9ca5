import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { pruneClaims, sqliteClaims } from '../../functions/adapters/embedded/sqlite-claims.ts';
import { threadedClaims } from '../../functions/adapters/embedded/threaded-claims.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { claimsContract } from './claims.ts';
import { claimRequest } from './claims-model.ts';

describe.each([['claims in SQLite', sqliteClaims], ['claims in SQLite on a thread', threadedClaims]])('%s', (_name, open) => {
  const directories = new Map<string, string>();
  claimsContract(async (name) => {
    const directory = directories.get(name) ?? temporaryDirectory();
    directories.set(name, directory);
    const claims = open(join(directory, 'claims.sqlite'));
    return { claims, close: async () => claims.close() };
  });
});

test('on a thread, what SQLite says is said, the next call is answered, and closing leaves nothing beside the file', async () => {
  const file = join(temporaryDirectory(), 'claims.sqlite');
  const claims = threadedClaims(file);
  await claims.claim([claimRequest('t', 'a')]);
  const other = new DatabaseSync(file);
  other.exec('ALTER TABLE claims RENAME TO hidden');
  await expect(claims.claim([claimRequest('u', 'b')])).rejects.toThrow('no such table');
  other.exec('ALTER TABLE hidden RENAME TO claims');
  other.close();
  const both = await Promise.all([claims.claim([claimRequest('u', 'c')]), claims.claim([claimRequest('t', 'd'), claimRequest('u', 'd')])]);
  expect(both.map((results) => results.map(({ owner }) => owner))).toEqual([['c'], ['a', 'c']]);
  expect(readdirSync(dirname(file)).sort()).toEqual(['claims.sqlite', 'claims.sqlite-shm', 'claims.sqlite-wal']);
  claims.close();
  expect(readdirSync(dirname(file))).toEqual(['claims.sqlite']);
});

describe('the file of claims', () => {

  test('are on disk before they are answered', () => {
    const file = join(temporaryDirectory(), 'claims.sqlite');
    const claims = sqliteClaims(file);
    claims.close();
    const database = new DatabaseSync(file);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    database.close();
  });

  test('pruning forgets what has expired, and nothing else', async () => {
    const file = join(temporaryDirectory(), 'claims.sqlite');
    const claims = sqliteClaims(file);
    const wish = (n: number) => ({ identity: Buffer.alloc(32, n), owner: String(n), owner_data_sha256: Buffer.alloc(32), fingerprint: Buffer.alloc(32), claimed_at: 0, expires_at: n * 1_000 });
    await claims.claim([wish(1), wish(2), wish(3)]);
    claims.close();
    expect(pruneClaims(file, 2_000)).toBe(1);
    const again = sqliteClaims(file);
    expect((await again.claim([{ ...wish(1), owner: 'x' }, { ...wish(2), owner: 'x' }])).map((one) => one.result)).toEqual(['claimed', 'duplicate']);
    again.close();
  });
});
