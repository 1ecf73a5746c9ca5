import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rows, run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { at, payment, writeLines } from '../support/traffic.ts';

const home = process.cwd();
let data: string;

beforeEach(() => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'work'));
  process.chdir(join(directory, 'work'));
  data = join(directory, 'data');
});
afterEach(() => process.chdir(home));

const config = (content: unknown) => writeFileSync('payments.config.json', typeof content === 'string' ? content : JSON.stringify(content));
const ingest = (...flags: string[]) => run('ingest', writeLines('.', 'f', [at('10:00', 'm1', 't1')]), '--data-dir', data, ...flags);

/** What `config` says of one setting: its value and where it comes from. */
async function inForce(name: string, ...flags: string[]): Promise<string> {
  const { stdout } = await run('config', '--json', '--data-dir', data, ...flags);
  const found = (JSON.parse(stdout) as { setting: string; value: string; from: string }[]).find((one) => one.setting === name)!;
  return `${found.value} ${found.from}`;
}

test('a flag counts before payments.config.json, that before the store, that before the default', async () => {
  expect(await inForce('watermark')).toBe('1h default');
  await ingest('--watermark', '2h');
  expect(await inForce('watermark')).toBe('2h this store');
  config({ watermark: '3h' });
  expect(await inForce('watermark')).toBe('3h payments.config.json');
  expect(await inForce('watermark', '--watermark', '4h')).toBe('4h flag');
  expect(await rows(data, 'SELECT * FROM audit_log')).toEqual([]);
});

test('a value that nobody chose is a default, though the store keeps it; one that was changed says when', async () => {
  const shown = async () => (await run('config', '--data-dir', data)).stdout;
  await ingest('--watermark', '2h');
  expect(await inForce('orphan_grace')).toBe('1d default');
  expect(await shown()).toMatch(/^watermark +2h +this store \(its first use\) +a payment/m);
  await run('post', '--data-dir', data, '--orphan-grace', '30h');
  expect(await shown()).toMatch(/^orphan_grace +30h +this store \(changed on 2\d{3}-\d\d-\d\d\) +how long/m);
  await run('post', '--data-dir', data, '--orphan-grace', '24h');
  expect(await inForce('orphan_grace')).toBe('1d this store');
  const [{ day }] = await rows(data, "SELECT STRFTIME(MAX(recorded_at), '%Y-%m-%d') AS day FROM audit_log");
  const all = JSON.parse((await run('config', '--json', '--data-dir', data)).stdout) as { setting: string; changed_at: string | null }[];
  expect(all.filter(({ changed_at }) => changed_at !== null).map(({ setting, changed_at }) => `${setting} ${changed_at?.slice(0, 10)}`)).toEqual([`orphan_grace ${day}`]);
});

test('showing the configuration makes no store', async () => {
  await run('config', '--data-dir', data);
  expect(await run('sql', 'SELECT 1', '--data-dir', data)).toMatchObject({ code: 3, stderr: expect.stringContaining('There is no ledger in') });
});

test('every fault is reported at once, and nothing is made', async () => {
  config({ orphan_grace: '5 days', missing_after: '1s', no_such: 1, identity_scope: 'none' });
  const { code, stderr } = await ingest('--watermark', '99d');
  expect(code).toBe(2);
  for (const fault of [
    'no_such (payments.config.json): no such setting',
    'watermark (flag): 99d is not between 1m and 30d: below a minute',
    'orphan_grace (payments.config.json): "5 days" is no duration',
    'missing_after (payments.config.json): 1s is not between 1m and 7d',
    'identity_scope (payments.config.json): "none" is none of transaction_id',
  ]) expect(stderr).toContain(fault);
  expect((await run('verify', '--data-dir', data)).stderr).toContain('The configuration has faults');
  config({});
  expect((await run('verify', '--data-dir', data)).stderr).toContain('There is no ledger in');
});

test.each([['no JSON', '{'], ['no object', '[]'], ['a number', '5']])('a payments.config.json that is %s', async (_name, content) => {
  config(content);
  expect(await ingest()).toMatchObject({ code: 2, stderr: expect.stringContaining("payments.config.json can't be read") });
});

test('a changed setting is an audited line, with the old and the new value; the same again is none', async () => {
  await ingest();
  for (const grace of ['30h', '30h', '24h']) await run('post', '--orphan-grace', grace, '--data-dir', data);
  expect(await rows(data, 'SELECT action, setting, old_value, new_value, actor IS NOT NULL AS named FROM audit_log ORDER BY recorded_at')).toEqual([
    { action: 'setting_changed', setting: 'orphan_grace', old_value: '1d', new_value: '30h', named: true },
    { action: 'setting_changed', setting: 'orphan_grace', old_value: '30h', new_value: '1d', named: true },
  ]);
});

describe('identity_scope producer+transaction_id', () => {
  test('needs a producer, from a flag, the file or the store, never from the message', async () => {
    const scope = ['--identity-scope', 'producer+transaction_id'];
    const refused = await ingest(...scope);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('producer must be set (--producer NAME)') });
    expect((await ingest(...scope, '--producer', 'shop')).code).toBe(0);
    expect((await run('post', ...scope, '--data-dir', data)).code).toBe(0);
    const other = writeLines('.', 'g', [payment('t1', { producer: 'shop' })]);
    await run('ingest', other, '--producer', 'till', '--data-dir', data);
    expect(await rows(data, 'SELECT transaction_id FROM payment_transactions')).toEqual([{ transaction_id: 't1' }, { transaction_id: 't1' }]);
    const verified = await run('verify', '--data-dir', data);
    expect({ code: verified.code, failed: verified.stdout.match(/^FAIL.*/gm) }).toEqual({ code: 0, failed: null });
  });

  test('is fixed by the first ingest: under another scope a copy would be a second payment', async () => {
    expect((await ingest()).code).toBe(0);
    const copy = writeLines('.', 'copy', [payment('t1')]);
    const other = await run('ingest', copy, '--identity-scope', 'producer+transaction_id', '--producer', 'shop', '--data-dir', data);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringMatching(/identifies payments by transaction_id, fixed by its first ingest.*\n→ Give --identity-scope transaction_id/) });
    expect(await inForce('identity_scope')).toBe('transaction_id default');
    expect(await run('ingest', copy, '--identity-scope', 'transaction_id', '--data-dir', data)).toMatchObject({ code: 0 });
    expect(await rows(data, 'SELECT transaction_id FROM payment_transactions')).toEqual([{ transaction_id: 't1' }]);
  });
});

test.each(['post', 'sweep', 'reconcile', 'start f', 'verify'])('%s refuses another identity_scope than the store\'s, which is neither kept nor audited', async (command) => {
  await ingest();
  config({ identity_scope: 'producer+transaction_id', producer: 'shop', watermark: '3h' });
  expect(await run(...command.split(' '), '--data-dir', data)).toMatchObject({ code: 2, stderr: expect.stringContaining('identifies payments by transaction_id') });
  expect(await rows(data, 'SELECT setting FROM audit_log')).toEqual([]);
  config({});
  expect([await inForce('identity_scope'), await inForce('producer'), await inForce('watermark')]).toEqual(['transaction_id default', ' default', '1h default']);
});

test('the settings that help speaks of are those that config shows', async () => {
  const shown = (JSON.parse((await run('config', '--json', '--data-dir', data)).stdout) as { setting: string }[]).map((one) => `--${one.setting.replaceAll('_', '-')}`);
  const help = (await run('ingest', '--help')).stdout;
  for (const flag of shown) expect(help).toContain(`${flag} <`);
  expect(readFileSync(join(home, 'functions/config.ts'), 'utf8').match(/readonly (\w+):/g)).toHaveLength(shown.length);
});
