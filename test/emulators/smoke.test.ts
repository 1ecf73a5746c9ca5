import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECKS } from '../../smoke/checks/all.ts';
import { FACT_NAMES } from '../../smoke/facts/list.ts';
import { type DeployedStack, deployedStack } from './smoke/deployed-stack.ts';
import { type Ended, runSmoke } from './smoke/run-smoke.ts';

const MINUTES = 60_000;
/** A wait that is to be in vain, and in which everything else comes all the same. */
const IN_VAIN = '25s';

/** `npm run smoke` as a process, against the functions under the framework on emulators; then against stacks of which one thing is broken. */
describe('npm run smoke', () => {
  let stack: DeployedStack;
  let all_right: Ended;
  const smoke = (...args: string[]) => runSmoke(['--project', stack.project, ...args], { PAYMENTS_SCHEDULER_URL: `http://127.0.0.1:${stack.scheduler.port}` });
  const failed = ({ results }: Ended) => [...results!.values()].filter(({ result }) => result === 'failed').map(({ name }) => name);
  /** What went wrong, for the message of a test that fails. */
  const said = ({ results, stdout, stderr }: Ended) => (results === null ? stdout + stderr : [...results.values()].filter(({ result }) => result === 'failed').map(({ name, found }) => `${name}: ${found}`).join('\n'));
  const count = async (table: string) => (await stack.statement(`SELECT COUNT(*) AS n FROM {books}.${table}`))[0].n;

  beforeAll(async () => {
    stack = await deployedStack();
    stack.archiveStarts();
    all_right = await smoke('--payments', '20', '--seed', '7', '--timeout', '5m');
  }, 8 * MINUTES);
  afterAll(() => stack?.close());

  test('on a stack that is right every fact holds, and nothing is wrong', () => {
    expect([all_right.code, failed(all_right)], said(all_right)).toEqual([0, []]);
    const facts = FACT_NAMES.map((name) => all_right.results!.get(name)!);
    expect(facts.filter(({ result }) => result !== 'ok')).toEqual([]);
    expect(all_right.results!.get('journal-lines')!.found).toBe('28 messages, each with its line: 19 recorded, 2 late, 2 rejected, 4 duplicate, 1 conflict');
    expect(all_right.results!.get('reconciliation')!.found).toBe('reconciliation 1: reconciled');
  });

  test('two postings ran at once, and jobs were run by the scheduler', () => {
    expect(stack.scheduler.most_at_once.get('post-ledger')).toBe(2);
    expect([...stack.scheduler.most_at_once.keys()]).toEqual(['post-ledger', 'sweep-late', 'reconcile']);
  });

  test('of the checks only those are skipped that no emulator knows, each with its reason', () => {
    for (const { name, no_emulator } of CHECKS) expect(all_right.results!.get(name), name).toMatchObject(no_emulator === null ? { result: 'ok' } : { result: 'skipped', found: `on emulators: ${no_emulator}` });
    expect(CHECKS.filter(({ no_emulator }) => no_emulator === null).map(({ name }) => name)).toEqual(['subscriptions', 'topic-retention', 'journal-stamps', 'job-id-once', 'views-planned', 'jobs']);
  });

  test('its conflict and its rejects are decided on, so that the next reconciliation has no break of it', async () => {
    const decided = await stack.statement("SELECT action, reason FROM {books}.audit_log WHERE action = 'decided_reject'");
    expect(decided).toHaveLength(3);
    expect(new Set(decided.map(({ reason }) => reason)).size).toBe(1);
  });

  test('nothing of a payment is printed but ids', () => expect(all_right.stdout + all_right.stderr).not.toMatch(/customer_id|event_time|no JSON/));

  test('where the archive is not written, it says so, and does not reconcile with half of it', async () => {
    await stack.archiveStops();
    const ended = await smoke('--payments', '8', '--timeout', IN_VAIN);
    stack.archiveStarts();
    expect([ended.code, failed(ended)], said(ended)).toEqual([1, ['archive']]);
    expect(ended.results!.get('archive')!.found).toMatch(/^waited \d\d s for the raw archive: 13 messages are not in the raw archive: /);
    expect(ended.results!.get('archive')!.next).toContain('archive-stopped.md');
    expect(ended.results!.get('reconciliation')).toMatchObject({ result: 'skipped', found: expect.stringContaining('raw archive') });
  }, 4 * MINUTES);

  test('a ledger with a doubled row is found, and it is not taken for a break of this run', async () => {
    await stack.statement("INSERT INTO {books}.payment_transactions SELECT * FROM {books}.payment_transactions WHERE transaction_id LIKE 'smoke-%-0001' LIMIT 1");
    const ended = await smoke('--payments', '8', '--timeout', '4m');
    expect([ended.code, failed(ended)], said(ended)).toEqual([1, ['one-row-a-payment', 'books']]);
    expect(ended.results!.get('one-row-a-payment')!.found).toBe('the ledger has 37 rows, of 36 payments; the ledger has 37 rows, with 36 transaction ids');
    expect(ended.results!.get('books')!.found).toMatch(/not so: ledger holds each identity once/);
    expect(ended.results!.get('reconciliation')).toMatchObject({ result: 'ok', found: expect.stringMatching(/: breaks; \d+ of its breaks must be acted on, none of them of this run$/) });
  }, 6 * MINUTES);

  test('where the scheduler\'s job fails, it says that the ledger waits', async () => {
    const instances = stack.front.instances.get('postLedger')!;
    stack.front.instances.set('postLedger', []);
    const ended = await smoke('--payments', '8', '--timeout', IN_VAIN);
    stack.front.instances.set('postLedger', instances);
    expect([ended.code, failed(ended)], said(ended)).toEqual([1, ['two-postings', 'one-row-a-payment', 'jobs']]);
    expect(ended.results!.get('two-postings')!.found).toMatch(/^waited \d\d s for the ledger, with 2 postings started: 8 payments are not in the ledger: /);
    expect(ended.results!.get('jobs')!.found).toBe('post-ledger failed when it ran last');
  }, 4 * MINUTES);

  test('books of others are left alone, but for --into-live-books', async () => {
    await stack.statement("INSERT INTO {books}.payment_transactions SELECT * REPLACE (CONCAT('shop-', CAST(number AS STRING)) AS transaction_id) FROM (SELECT * FROM {books}.payment_transactions LIMIT 1), UNNEST(GENERATE_ARRAY(1, 1001)) AS number".replace('SELECT * REPLACE', 'SELECT * EXCEPT (number) REPLACE'));
    const before = await count('payment_journal');
    const ended = await smoke('--payments', '8');
    expect([ended.code, ended.results], said(ended)).toEqual([2, null]);
    expect(ended.stdout).toMatch(/holds 1,001 rows that no smoke test published/);
    expect(await count('payment_journal')).toBe(before);
  }, 2 * MINUTES);

  test('where processPayment fails, it waits no longer than it may, and names the journal', async () => {
    const failing = createServer((_request, response) => void response.writeHead(500).end());
    await new Promise<void>((resolve) => failing.listen(0, '127.0.0.1', resolve));
    stack.front.instances.set('processPayment', [(failing.address() as AddressInfo).port]);
    const ended = await smoke('--payments', '8', '--timeout', '10s', '--into-live-books');
    failing.close();
    expect([ended.code, failed(ended)], said(ended)).toEqual([1, ['journal-lines', 'jobs']]);
    expect(ended.results!.get('journal-lines')!.found).toMatch(/^waited \d\d s for the journal: 10 messages have no line: .* and 7 more$/);
    expect(ended.results!.get('journal-lines')!.next).toContain('docs/runbooks/oldest-unacked.md');
    expect(FACT_NAMES.slice(1).map((name) => ended.results!.get(name)!.result)).toEqual(FACT_NAMES.slice(1).map(() => 'skipped'));
    expect(stack.front.answers.get('processPayment 500')).toBeGreaterThan(0);
  }, 2 * MINUTES);

  test('a project without a stack can\'t be used', async () => {
    const ended = await runSmoke(['--project', 'smoke-nowhere'], { PAYMENTS_SCHEDULER_URL: 'http://127.0.0.1:1' });
    expect(ended.code).toBe(3);
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: 'There is no such thing as the topic payments in the project smoke-nowhere (404).', exit_code: 3 });
  });
});
