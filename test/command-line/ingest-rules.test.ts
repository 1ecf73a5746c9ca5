import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { dumpLedger } from '../support/ledger-dump.ts';
import { dispositions, rows, run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { at, message, payment, writeLines } from '../support/traffic.ts';

const GOOD = payment('t1');

describe('what becomes of lines', () => {
  const M1 = at('10:00', 'm1', 't1');
  const cases: [name: string, content: string, expected: string[]][] = [
    ['an identical bare line is a duplicate', `${GOOD}\n${GOOD}\n`, ['f:1 posted', 'f:2 duplicate']],
    ['a bare line with other money facts is a conflict', `${GOOD}\n${payment('t1', { amount: '11' })}\n`, ['f:1 posted', 'f:2 conflict']],
    ['one message id with the same data is one message', `${M1}\n${M1}\n${at('10:01', 'm2', 't2')}\n`, ['m1 posted', 'm2 posted']],
    ['one message id with other data are two messages', `${M1}\n${at('10:01', 'm1', 't2')}\n`, ['m1 posted', 'm1 posted']],
    ['a retry of the producer is a duplicate', `${M1}\n${at('10:01', 'm2', 't1')}\n`, ['m1 posted', 'm2 duplicate']],
    ['blank lines are no messages, and count as lines', `\n \t\n${GOOD}\n\r\n${payment('t2')}\n\n`, ['f:3 posted', 'f:5 posted']],
    ['CR LF ends a line', `${GOOD}\r\n${payment('t2')}\r\n`, ['f:1 posted', 'f:2 posted']],
    ['a BOM is dropped', `\uFEFF${GOOD}\n${payment('t2')}\n`, ['f:1 posted', 'f:2 posted']],
    ['an unterminated last line is one', `${GOOD}\n${payment('t2')}`, ['f:1 posted', 'f:2 posted']],
    ['a malformed line is rejected, the rest goes on', `${GOOD}\n{"transaction_id":\n${payment('t2')}\n`, ['f:1 posted', 'f:2 rejected', 'f:3 posted']],
  ];
  test.each(cases)('%s', async (_name, content, expected) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'f'), content);
    expect(await run('ingest', join(directory, 'f'), '--data-dir', join(directory, 'data'))).toMatchObject({ code: 0 });
    expect(await dispositions(join(directory, 'data'))).toEqual(expected);
  });
});

test('a byte order mark in the data, or two before a line, is no part of the payment for either reader: the proof is whole', async () => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  await run('ingest', writeLines(directory, 'f', [message('m1', '2024-03-01T10:00:00Z', `\uFEFF${GOOD}`), `\uFEFF\uFEFF${payment('t2')}`]), '--data-dir', data);
  expect(await dispositions(data)).toEqual(['f:2 posted', 'm1 posted']);
  expect(await run('reconcile', '--data-dir', data)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^reconciled/) });
  expect((await run('trace', 't1', '--data-dir', data)).stdout).toMatch(/^As published\n(.*\n){2}.* m1 +t1$/m);
});

test('a message id used for other data is a break, with the verdict unaffected; a redelivery is none', async () => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const file = writeLines(directory, 'f', [at('10:00', 'm1', 't1'), at('10:00', 'm1', 't1'), at('10:01', 'm1', 't2')]);
  await run('ingest', file, '--data-dir', data);
  const reconciled = await run('reconcile', '--data-dir', data, '--json');
  expect(reconciled.code).toBe(0);
  expect(JSON.parse(reconciled.stdout)).toMatchObject({ verdict: 'reconciled', breaks: [{ break_type: 'message_id_reused', breaks: 1 }], messages: { published: 2, posted: 2 } });
});

test('gzipped or plain, line ends or not, a file under one name gives the same books', async () => {
  const directory = temporaryDirectory();
  const lines = [at('10:00', 'm1', 't1'), GOOD, GOOD, at('23:00', 'm2', 't2'), message('m3', '2024-03-04T01:00:00Z', payment('t3'))];
  const plain = writeLines(directory, 'f.jsonl', lines);
  const zipped = join(directory, 'f.jsonl.gz');
  writeFileSync(zipped, gzipSync(lines.map((line) => `${line}\n`).join('')));
  for (const [name, file] of [['plain', plain], ['zipped', zipped]]) {
    expect(await run('ingest', file, '--source', 'f.jsonl', '--data-dir', join(directory, name))).toMatchObject({ code: 0 });
  }
  expect(await dumpLedger(join(directory, 'zipped'))).toEqual(await dumpLedger(join(directory, 'plain')));
  const again = await run('ingest', zipped, '--source', 'f.jsonl', '--data-dir', join(directory, 'plain'));
  expect(again).toMatchObject({ code: 0, stdout: 'f.jsonl: nothing new.\n' });
});

test('in whatever order files come, each payment counts once and every copy is accounted for', async () => {
  const directory = temporaryDirectory();
  const one = writeLines(directory, 'one', [at('10:00', 'm1', 't1'), at('10:02', 'm2', 't2')]);
  const two = writeLines(directory, 'two', [at('10:01', 'm3', 't1'), at('10:03', 'm4', 't3')]);
  for (const [name, files] of [['a', [one, two]], ['b', [two, one]]] as const) {
    const data = join(directory, name);
    expect((await run('ingest', ...files, '--data-dir', data)).code).toBe(0);
    expect(await rows(data, 'SELECT transaction_id FROM payment_transactions ORDER BY 1')).toEqual([{ transaction_id: 't1' }, { transaction_id: 't2' }, { transaction_id: 't3' }]);
    expect(await rows(data, 'SELECT disposition, COUNT(*) AS messages FROM message_dispositions GROUP BY 1 ORDER BY 1')).toEqual([{ disposition: 'duplicate', messages: 1 }, { disposition: 'posted', messages: 3 }]);
    expect((await run('reconcile', '--data-dir', data)).code).toBe(0);
  }
});

test('a file that has grown by whole lines goes on after what was read, in journal and archive', async () => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const file = writeLines(directory, 'f', [at('10:00', 'm1', 't1')]);
  await run('ingest', file, '--data-dir', data);
  appendFileSync(file, `${at('10:01', 'm2', 't2')}\n`);
  expect((await run('ingest', file, '--data-dir', data)).stdout).toContain('f: 1 message journaled (1 recorded); 1 payment posted');
  expect(await rows(data, 'SELECT line_number FROM raw_messages ORDER BY 1')).toEqual([{ line_number: 1 }, { line_number: 2 }]);
  expect(await run('reconcile', '--data-dir', data)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^reconciled/) });
});

test('a source that has grown by more blank lines than are read at once is read to its end', async () => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const file = writeLines(directory, 'f', [at('10:00', 'm1', 't1')]);
  await run('ingest', file, '--data-dir', data);
  const blank = Buffer.alloc(1024 * 1024, `${' '.repeat(1023)}\n`);
  for (let size = 0; size < 65; size++) appendFileSync(file, blank);
  appendFileSync(file, `${at('10:01', 'm2', 't2')}\n`);
  expect((await run('ingest', file, '--data-dir', data)).stdout).toContain('1 payment posted');
});
