import { expect, test } from 'vitest';
import { withThreadsFor } from '../../../functions/adapters/embedded/duckdb-threads.ts';

const ARCHIVED = 'messages/10-archived.sql';

/** Runs something that fails with these errors in turn and then succeeds; returns what was said to DuckDB, with each try. */
async function trial(file: string, errors: readonly string[]): Promise<{ said: string[]; result: string }> {
  const said: string[] = [];
  const left = [...errors];
  const connection = { run: async (sql: string) => void said.push(sql) } as never;
  const run = async () => {
    said.push('try');
    const error = left.shift();
    if (error !== undefined) throw new Error(error);
    return 'done';
  };
  const result = await withThreadsFor(connection, file, run).catch((error: Error) => error.message);
  return { said, result };
}

const OUT = `${ARCHIVED}: Out of Memory Error: failed to allocate`;

test.each([
  ['a join has one thread', 'messages/24-compared.sql', [], ['try'], 'done'],
  ['the archive is read by two', ARCHIVED, [], ['SET threads = 2', 'try', 'SET threads = 1'], 'done'],
  ['where two run out of memory, one reads it again', ARCHIVED, [OUT], ['SET threads = 2', 'try', 'SET threads = 1', 'try', 'SET threads = 1'], 'done'],
  ['where one runs out, too, it is said', ARCHIVED, [OUT, OUT], ['SET threads = 2', 'try', 'SET threads = 1', 'try', 'SET threads = 1'], OUT],
  ['any other failure is said at once', ARCHIVED, ['no'], ['SET threads = 2', 'try', 'SET threads = 1'], 'no'],
])('%s', async (_name, file, errors, said, result) => {
  expect(await trial(file, errors)).toEqual({ said, result });
});
