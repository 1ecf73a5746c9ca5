import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sqliteClaims } from '../../functions/adapters/embedded/sqlite-claims.ts';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { openDataDirectory } from '../../functions/local/data-directory.ts';
import { decodePayment } from '../../functions/payment/decode-payment.ts';
import { dumpLedger } from '../support/ledger-dump.ts';
import { rows, run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { at, payment, writeLines } from '../support/traffic.ts';

const BREAKS = "SELECT break_type, message_id FROM reconciliation_breaks WHERE reconciliation = (SELECT MAX(reconciliation) FROM reconciliation_runs) ORDER BY 1, 2";

/** A store with a conflict whose owner never came (m1), a conflict of a posted payment (m3), and a reject (m4). */
async function undecided(): Promise<string> {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const { payment: owned } = decodePayment(Buffer.from(payment('t1', { amount: '1' })), DEFAULT_SETTINGS);
  (await openDataDirectory(data, DEFAULT_SETTINGS)).close();
  const claims = sqliteClaims(join(data, 'claims.sqlite'));
  await claims.claim([{ identity: owned!.identity, owner: 'lost', owner_data_sha256: createHash('sha256').update('lost').digest(), fingerprint: owned!.fingerprint, claimed_at: 0, expires_at: 1 }]);
  claims.close();
  await run('ingest', writeLines(directory, 'f', [at('10:00', 'm1', 't1'), at('10:01', 'm2', 't2'), at('10:02', 'm3', 't2', { amount: '2' }), at('10:03', 'm4', 't4', { amount: 4 })]), '--data-dir', data);
  return data;
}

test('decide --post makes a conflict without an owner count, --reject closes; each closes its break and is an audited line', async () => {
  const data = await undecided();
  await run('reconcile', '--data-dir', data);
  expect(await rows(data, BREAKS)).toEqual([{ break_type: 'conflict_open', message_id: 'm1' }, { break_type: 'conflict_open', message_id: 'm3' }, { break_type: 'rejected_unresolved', message_id: 'm4' }]);
  const decide = (id: string, how: string) => run('decide', id, how, '--reason', 'the shop said so', '--data-dir', data);
  expect(await decide('m1', '--post')).toMatchObject({ code: 0, stdout: expect.stringContaining('run `payments post`') });
  expect((await decide('m3', '--reject')).code).toBe(0);
  expect((await decide('m4', '--reject')).code).toBe(0);
  expect((await run('post', '--data-dir', data)).stdout).toContain('posted 1 payment');
  const reconciled = await run('reconcile', '--data-dir', data);
  expect(reconciled).toMatchObject({ code: 0, stdout: expect.stringMatching(/^reconciled/) });
  expect(await rows(data, BREAKS)).toEqual([]);
  expect(await rows(data, 'SELECT action, message_id, reason FROM audit_log ORDER BY recorded_at')).toEqual([
    { action: 'decided_post', message_id: 'm1', reason: 'the shop said so' },
    { action: 'decided_reject', message_id: 'm3', reason: 'the shop said so' },
    { action: 'decided_reject', message_id: 'm4', reason: 'the shop said so' },
  ]);
  expect((await run('trace', 'm1', '--data-dir', data)).stdout).toContain('decided_post');
  expect((await run('trace', 'm4', '--data-dir', data)).stdout).toMatch(/^In the ledger\n {2}never: rejected$/m);
  expect((await run('verify', '--data-dir', data)).code).toBe(0);
});

test('what can\'t be decided is refused with the reason, and no line is written', async () => {
  const data = await undecided();
  const refusals: [args: string[], code: number, says: RegExp][] = [
    [['m2', '--post', '--reason', 'x'], 2, /in the ledger already/],
    [['m3', '--post', '--reason', 'x'], 2, /in the ledger already, from another message/],
    [['m4', '--post', '--reason', 'x'], 2, /holds no valid payment/],
    [['m2', '--reject', '--reason', 'x'], 2, /m2 is recorded: there is nothing to decide/],
    [['none', '--reject', '--reason', 'x'], 2, /No journal line is of message none/],
    [['m1', '--reason', 'x'], 2, /Neither --post nor --reject/],
    [['m1', '--post', '--reject', '--reason', 'x'], 2, /cannot be used with/],
    [['m1', '--post'], 2, /--reason/],
  ];
  for (const [args, code, says] of refusals) {
    const found = await run('decide', ...args, '--data-dir', data);
    expect(found.stderr).toMatch(says);
    expect(found.code).toBe(code);
  }
  expect(await rows(data, 'SELECT * FROM audit_log')).toEqual([]);
});

test('trace says of a message that it waits, or that a decision keeps it out for good', async () => {
  const data = await undecided();
  const inTheLedger = async () => /^In the ledger\n {2}(.*)$/m.exec((await run('trace', 'm1', '--data-dir', data)).stdout)?.[1];
  expect(await inTheLedger()).toBe('not yet');
  await run('decide', 'm1', '--reject', '--reason', 'x', '--data-dir', data);
  expect(await inTheLedger()).toBe('never: rejected by a decision');
  await run('decide', 'm1', '--post', '--reason', 'y', '--data-dir', data);
  expect(await inTheLedger()).toBe('not yet');
});

test('a decision can be changed until it is posted, and not be repeated', async () => {
  const data = await undecided();
  const decide = (how: string) => run('decide', 'm1', how, '--reason', 'sure', '--data-dir', data);
  for (const how of ['--post', '--reject', '--post']) {
    expect((await decide(how)).code).toBe(0);
    expect(await decide(how)).toMatchObject({ code: 2, stderr: expect.stringContaining(`m1 was decided already: ${how} by`) });
  }
  expect((await run('post', '--data-dir', data)).stdout).toContain('posted 1 payment');
  expect(await decide('--reject')).toMatchObject({ code: 2, stderr: expect.stringContaining('m1 is in the ledger') });
  expect(await rows(data, 'SELECT COUNT(*) AS decisions FROM audit_log')).toEqual([{ decisions: 3 }]);
});

test('post, sweep, reconcile, report and prune-claims are safe to repeat', async () => {
  const data = await undecided();
  const payments = () => rows(data, 'SELECT * FROM payment_transactions ORDER BY transaction_id');
  const before = await payments();
  for (const command of ['post', 'sweep', 'post', 'sweep']) expect(await run(command, '--data-dir', data)).toMatchObject({ code: 0, stdout: expect.stringContaining('posted 0 payments') });
  expect(await payments()).toEqual(before);
  const verdicts = [];
  for (let time = 0; time < 3; time++) verdicts.push((await run('reconcile', '--data-dir', data)).stdout);
  expect(new Set(verdicts).size).toBe(1);
  const books = await dumpLedger(data);
  const first = await run('report', '--data-dir', data);
  expect((await run('report', '--data-dir', data)).stdout).toBe(first.stdout);
  expect(await dumpLedger(data)).toEqual(books);
  const prune = (now: string) => run('post', '--now', now, '--data-dir', data).then(() => run('prune-claims', '--json', '--data-dir', data));
  expect(JSON.parse((await prune('2024-03-01T11:00:00Z')).stdout)).toEqual({ pruned: 1 });
  expect(JSON.parse((await prune('2024-03-09T00:00:00Z')).stdout)).toEqual({ pruned: 1 });
  expect(JSON.parse((await prune('2024-03-09T00:00:00Z')).stdout)).toEqual({ pruned: 0 });
  expect(await payments()).toEqual(before);
});
