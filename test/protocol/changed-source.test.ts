import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileMessages } from '../../functions/adapters/embedded/file-messages.ts';
import { rawArchive } from '../../functions/adapters/embedded/raw-archive.ts';
import { openStore } from '../../functions/adapters/embedded/store.ts';
import { ingestThrough } from '../support/books-in-test.ts';
import { rows, run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { at, writeLines } from '../support/traffic.ts';

const killed = { claim: () => Promise.reject(new Error('killed')) };

test('what was archived before a kill is compared, too: another content under the name is refused before a line is journaled', async () => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const write = (ids: readonly string[]) => writeLines(directory, 'f', ids.map((id) => at('10:00', `m${id}`, `t${id}`)));
  const ingest = (file: string, dies: boolean) => ingestThrough(data, file, (opened) => (dies ? { ...opened, claims: { ...opened.claims, ...killed } } : opened), 1);
  await expect(ingest(write(['1', '2', '3']), true)).rejects.toThrow('killed');
  await expect(ingest(write(['4', '5', '6']), false)).rejects.toThrow('read before with other content');
  expect(await rows(data, 'SELECT COUNT(*) AS lines FROM payment_journal')).toEqual([{ lines: 0 }]);
  await ingest(write(['1', '2', '3']), false);
  expect(await rows(data, 'SELECT line_number FROM raw_messages ORDER BY 1')).toEqual([{ line_number: 1 }, { line_number: 2 }, { line_number: 3 }]);
  expect(await run('reconcile', '--data-dir', data)).toMatchObject({ code: 0 });
});

test('a source that grows between its two readers is not journaled: the last line would differ from the archived one', async () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'f');
  const store = await openStore(join(directory, 'data'));
  const next = async () => {
    const batch = await fileMessages({ path, source: 'f', progress: null, clock: 0, realClock: 0, wall: null }).next(10);
    return batch!.progress;
  };
  writeFileSync(path, 'one\ntw');
  const cut = await next();
  appendFileSync(path, 'o');
  await expect((await rawArchive(store.connection, path, 'f')).advanceTo(cut)).rejects.toThrow('changed while it was read');
  writeFileSync(path, 'two\none');
  await expect((await rawArchive(store.connection, path, 'f')).advanceTo(cut)).rejects.toThrow('changed while it was read');
  await (await rawArchive(store.connection, path, 'f')).advanceTo(await next());
  expect((await store.connection.runAndReadAll('SELECT CAST(line AS VARCHAR) FROM raw_messages ORDER BY line_number')).getRows()).toEqual([['two'], ['one']]);
  store.close();
});
