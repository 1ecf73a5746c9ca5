import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { formatMicros } from '../../../functions/payment/time.ts';
import { environmentFor, type FrameworkProcess, startFramework } from '../../support/framework-process.ts';
import { callPort, pushBody } from '../../support/served-function.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { tokenIssuer, type TokenIssuer } from '../../support/token-issuer.ts';

const REQUESTS = 40;
const SLOW = join(import.meta.dirname, 'slow-function.ts');
const INDEX = join(import.meta.dirname, '../../../functions/index.ts');

let issuer: TokenIssuer;
beforeAll(async () => { issuer = await tokenIssuer(() => Math.floor(Date.now() / 1_000)); });
afterAll(() => issuer.close());

async function started(source: string, environment: Readonly<Record<string, string>>): Promise<FrameworkProcess> {
  const framework = await startFramework(source, 'processPayment', environment);
  onTestFinished(() => void framework.child.kill('SIGKILL'));
  return framework;
}

const isUp = (framework: FrameworkProcess) => expect.poll(() => framework.printed(), { timeout: 20_000 }).toContain('Serving function');

/** Sends one payment; the status, or `broken` where the connection broke first. */
function publish(port: number, message_id: string): Promise<number | 'broken'> {
  const data = JSON.stringify({ transaction_id: `t-${message_id}`, event_time: formatMicros(Date.now() * 1_000), amount: '1.00', currency: 'EUR', customer_id: 'c', merchant_id: 'm' });
  return callPort(port, { headers: { authorization: `Bearer ${issuer.token()}` }, body: pushBody(data, { messageId: message_id }) }).then(({ status }) => status, () => 'broken');
}

/** The function with REQUESTS in hand, ended by `signal`; what each was answered, and the lines that are durable. */
async function endedBy(signal: 'SIGTERM' | 'SIGKILL', lines_before: number, between: (framework: FrameworkProcess) => Promise<void> = async () => {}) {
  const journal = join(temporaryDirectory(), 'journal');
  writeFileSync(journal, '');
  const framework = await started(SLOW, { ...environmentFor(issuer.keys_url), TRIAL_JOURNAL: journal });
  await isUp(framework);
  const ids = Array.from({ length: REQUESTS }, (_none, number) => String(number + 1));
  const answers = Promise.all(ids.map((id) => publish(framework.port, id)));
  await expect.poll(() => framework.printed().match(/claiming/g)?.length, { timeout: 20_000 }).toBe(REQUESTS);
  await expect.poll(() => linesOf(journal).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(lines_before);
  framework.child.kill(signal);
  await between(framework);
  const [statuses, end] = await Promise.all([answers, framework.ended]);
  const lines = new Set(linesOf(journal));
  return { statuses, end, acknowledged_without_line: ids.filter((id, index) => statuses[index] === 204 && !lines.has(id)), lines: lines.size };
}

function linesOf(journal: string): string[] {
  return readFileSync(journal, 'utf8').split('\n').filter((line) => line !== '');
}

describe('an instance that ends with requests in hand', () => {
  test('by SIGTERM: takes nothing more, finishes what it has, and then ends', async () => {
    let late: number | 'broken' = 0;
    const found = await endedBy('SIGTERM', 0, async (framework) => {
      await expect.poll(() => framework.printed(), { interval: 5 }).toContain('instance ends');
      late = await publish(framework.port, 'late');
    });
    expect(found).toEqual({ statuses: Array.from({ length: REQUESTS }, () => 204), end: { code: 0, signal: null }, acknowledged_without_line: [], lines: REQUESTS });
    expect([503, 'broken']).toContain(late); // broken where it had ended by then
  });

  test('by SIGKILL: nothing was acknowledged without its line', async () => {
    const found = await endedBy('SIGKILL', 1);
    expect(found.acknowledged_without_line).toEqual([]);
    expect(found.statuses).toContain('broken');
    expect(found.lines).toBeLessThan(REQUESTS);
  });
});

describe('the entry point under the framework', () => {
  test('a faulty configuration stops the instance before it takes a message, and says every variable', async () => {
    const framework = await started(INDEX, { PAYMENTS_PROJECT: 'trial', PAYMENTS_WATERMARK: 'secret-text' });
    expect(await framework.ended).toEqual({ code: 1, signal: null });
    for (const name of ['PAYMENTS_LOCATION', 'PAYMENTS_SUBSCRIPTION', 'PAYMENTS_CALLER', 'PAYMENTS_AUDIENCE', 'PAYMENTS_WATERMARK']) expect(framework.printed()).toContain(`${name} must be`);
    expect(framework.printed()).not.toMatch(/secret-text|PAYMENTS_REPORTS_BUCKET|PAYMENTS_JOBS/);
  });

  test('with a good one it is up, and lets in nobody without a token', async () => {
    const framework = await started(INDEX, environmentFor(issuer.keys_url));
    await isUp(framework);
    expect((await callPort(framework.port, { body: pushBody('{}') })).status).toBe(401);
    framework.child.kill('SIGTERM');
    expect((await framework.ended).code).toBe(0);
  });
});
