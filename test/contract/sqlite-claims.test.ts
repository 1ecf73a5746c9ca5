import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { pruneClaims, sqliteClaims } from '../../functions/adapters/embedded/sqlite-claims.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { claimsContract } from './claims.ts';

describe('claims in SQLite', () => {
  const directories = new Map<string, string>();
  claimsContract(async (name) => {
    const directory = directories.get(name) ?? temporaryDirectory();
    directories.set(name, directory);
    const claims = sqliteClaims(join(directory, 'claims.sqlite'));
    return { claims, close: async () => claims.close() };
  });

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
