import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ClaimError } from '../../../functions/adapters/google/claim-store.ts';
import { JournalError } from '../../../functions/adapters/google/row-store.ts';
import { messageWork } from '../../../functions/deployed/message-work.ts';
import { serve } from '../../../functions/deployed/serve.ts';
import { formatMicros } from '../../../functions/payment/time.ts';
import type { JournalLine } from '../../../functions/pipeline/journal-line.ts';
import { pushBody, type Reply, serveInFramework, type ServedTrial } from '../../support/served-function.ts';
import { GOOD } from '../payment/good-payment.ts';
import { trialPlatform, type TrialPlatform } from './trial-platform.ts';
import { trialStores, type TrialStores } from './trial-stores.ts';

let platform: TrialPlatform;
let stores: TrialStores;
let served: ServedTrial;

async function start(push: Parameters<typeof trialStores>[2] = {}): Promise<void> {
  platform = trialPlatform();
  stores = trialStores(platform.log, platform.clock, push);
  served = await serveInFramework(serve(platform, messageWork(stores)));
}

beforeEach(() => start());
afterEach(() => served.close());

const fresh = () => ({ ...GOOD, event_time: formatMicros(platform.clock.now()) });
const payment = (change = {}) => JSON.stringify({ ...fresh(), ...change });
const push = (body: string): Promise<Reply> => served.call({ body });
const outcomes = () => stores.lines.map(({ outcome }) => outcome);
const faults = () => stores.lines.flatMap((line) => line.faults.map(({ code }) => code));

describe('every decision is 204, once its line is there', () => {
  const cases: [string, string, () => string, () => void][] = [
    ['a new payment', 'recorded', () => pushBody(payment()), () => {}],
    ['a copy', 'duplicate', () => pushBody(payment()), () => stores.claimsGive(async () => ({ result: 'duplicate', owner: 'another' }))],
    ['a copy with other money', 'conflict', () => pushBody(payment()), () => stores.claimsGive(async () => ({ result: 'conflict', owner: 'another' }))],
    ['an old payment', 'late', () => pushBody(payment({ event_time: '2026-01-01T00:00:00Z' })), () => {}],
    ['not a payment', 'rejected', () => pushBody('{}'), () => {}],
    ['no JSON', 'rejected', () => pushBody('nonsense'), () => {}],
    ['no bytes', 'rejected', () => pushBody(''), () => {}],
    ['a payload over the limit', 'rejected', () => pushBody(payment({ metadata: { note: 'x'.repeat(70_000) } })), () => {}],
    ['data that is no base64', 'rejected', () => pushBody('', { data: '%%%' }), () => {}],
    ['an envelope without an id', 'rejected', () => pushBody(payment(), { messageId: undefined, message_id: undefined }), () => {}],
    ['JSON that is no envelope', 'rejected', () => '{"hello":1}', () => {}],
    ['a list', 'rejected', () => '[]', () => {}],
    ['no body', 'rejected', () => '', () => {}],
  ];

  test.each(cases)('%s: %s', async (_name, outcome, body, prepare) => {
    prepare();
    expect(await push(body())).toMatchObject({ status: 204, body: '' });
    expect(outcomes()).toEqual([outcome]);
  });

  test('the answer waits for the line', async () => {
    let release = () => {};
    stores.appendsGive(() => new Promise((resolve) => (release = resolve)));
    let answered = false;
    const reply = push(pushBody(payment())).then((one) => ((answered = true), one));
    await expect.poll(() => stores.calls()).toBe(2);
    expect([answered, stores.lines.length]).toEqual([false, 0]);
    release();
    expect((await reply).status).toBe(204);
    expect(outcomes()).toEqual(['recorded']);
  });

  test('what is on the line is what was published', async () => {
    await push(pushBody(payment(), { messageId: '77', attributes: { redrive_of: '5' } }));
    expect(stores.lines[0].message).toMatchObject({ message_id: '77', source: 'projects/trial/subscriptions/payments', received_at: platform.clock.now(), redrive_of: null });
    expect(stores.claimed[0].owner).toBe('77');
    expect(Buffer.from(stores.lines[0].message.data).toString()).toBe(payment());
  });
});

describe('who is believed', () => {
  test('the redrive function takes redrive_of for the owner', async () => {
    await served.close();
    await start({ believes_redrive: true });
    await push(pushBody(payment(), { messageId: '77', attributes: { redrive_of: '5' } }));
    expect(stores.lines[0].message.redrive_of).toBe('5');
    expect(stores.claimed[0].owner).toBe('5');
  });

  test('a dead letter makes no claim, and is dead_lettered', async () => {
    await served.close();
    await start({ dead_letter: true });
    expect((await push(pushBody(payment()))).status).toBe(204);
    expect([outcomes(), stores.claimed.length]).toEqual([['dead_lettered'], 0]);
  });
});

const grpc = (code: number) => Object.assign(new Error('of the service, and secret'), { code });
const http = (code: number, reason: string) => Object.assign(new Error('of the service, and secret'), { code, errors: [{ reason }] });

describe('a fault', () => {
  const cases: [string, 'claims' | 'journal', () => unknown, number, string[], string][] = [
    ['Firestore is away', 'claims', () => grpc(14), 503, [], 'WARNING store failed: message comes again'],
    ['Firestore denies access: a person mends it', 'claims', () => grpc(7), 503, [], 'WARNING store failed: message comes again'],
    ['a claim without an answer', 'claims', () => new ClaimError('deadline'), 503, [], 'WARNING store failed: message comes again'],
    ['a claim that Firestore refuses: at worst a dead letter, which is posted', 'claims', () => grpc(3), 500, [], 'ERROR store failed: message comes again'],
    ['a thing that nobody knows', 'claims', () => new Error('what is this'), 500, [], 'ERROR store failed: message comes again'],
    ['not even an error', 'claims', () => 'words', 500, [], 'ERROR store failed: message comes again'],
    ['the journal in time out', 'journal', () => new JournalError('deadline'), 503, [], 'WARNING store failed: message comes again'],
    ['the journal allows it to nobody', 'journal', () => http(403, 'accessDenied'), 503, [], 'WARNING store failed: message comes again'],
    ['the network', 'journal', () => Object.assign(new Error('socket'), { code: 'ECONNRESET' }), 503, [], 'WARNING store failed: message comes again'],
    ['a line that the journal refuses', 'journal', () => http(400, 'invalid'), 204, ['could_not_be_processed'], 'ERROR message can\'t be processed: rejected'],
  ];

  test.each(cases)('%s (%s)', async (_name, store, error, status, codes, line) => {
    if (store === 'claims') stores.claimsGive(() => Promise.reject(error() as Error));
    else stores.appendsGive(({ outcome }) => (outcome === 'rejected' ? Promise.resolve() : Promise.reject(error() as Error)));
    expect(await push(pushBody(payment()))).toMatchObject({ status, body: '' });
    expect(faults()).toEqual(codes);
    expect(platform.logged.map(({ severity, message }) => `${severity} ${message}`)).toEqual([line]);
    expect(JSON.stringify(platform.logged)).not.toMatch(/secret|cus_81|10\.50|shop-7|words/);
  });

  test('of our own code on this message: a rejected line without what the producer wrote', async () => {
    const settings = { ...stores.settings, get watermark(): number { throw new TypeError('of a payment of cus_81'); } };
    await served.close();
    served = await serveInFramework(serve(platform, messageWork({ ...stores, settings })));
    expect((await push(pushBody(payment(), { messageId: '9' }))).status).toBe(204);
    expect(stores.lines).toMatchObject([{ outcome: 'rejected', payment: null, payload: null, message: { message_id: '9', attributes: {} }, faults: [{ code: 'could_not_be_processed' }] }]);
    expect(stores.lines[0].message.data).toHaveLength(0);
    expect(platform.logged).toMatchObject([{ severity: 'ERROR', message: 'message can\'t be processed: rejected', error: 'TypeError', store: 'none' }]);
    expect(JSON.stringify(platform.logged)).not.toContain('cus_81');
  });

  test.each([[new JournalError('deadline'), 503], [new Error('what is this'), 500]])('where not even the rejected line can be written: %s', async (second, status) => {
    stores.appendsGive(({ outcome }: JournalLine) => Promise.reject(outcome === 'rejected' ? second : http(400, 'invalid')));
    expect((await push(pushBody(payment()))).status).toBe(status);
    expect(stores.lines).toEqual([]);
    expect(platform.logged).toMatchObject([{ severity: 'ERROR', message: 'message can\'t be processed, nor rejected: it comes again' }]);
  });
});

test('a success is no line in the log; a rejected message is one, with its fault and nothing of its content', async () => {
  await push(pushBody(payment()));
  expect(platform.logged).toEqual([]);
  await push(pushBody(payment({ amount: 10.5 })));
  expect(platform.logged).toMatchObject([{ severity: 'WARNING', message: 'message rejected', code: 'amount_is_a_number' }]);
  expect(JSON.stringify(platform.logged)).not.toMatch(/shop-7|cus_81|mer_3|10\.5/);
});

test('eighty requests at once, their stores answering in any order: each is answered by its own', async () => {
  let seed = 20_260_201;
  const soon = () => new Promise((resolve) => setTimeout(resolve, (seed = (seed * 48_271) % 2_147_483_647) % 25));
  const failing = (id: string) => Number(id) % 7 === 3;
  const copies = (id: string) => Number(id) % 5 === 1;
  stores.claims.claim = async ([request]) => {
    await soon();
    if (failing(request.owner)) throw grpc(14);
    return [copies(request.owner) ? { result: 'duplicate', owner: `owner of ${request.owner}` } : { result: 'claimed', owner: request.owner }];
  };
  stores.appendsGive(soon as () => Promise<void>);
  const ids = Array.from({ length: 80 }, (_none, number) => String(number + 100));
  const replies = await Promise.all(ids.map((id) => push(pushBody(payment({ transaction_id: `t-${id}` }), { messageId: id }))));
  expect(replies.map(({ status }) => status)).toEqual(ids.map((id) => (failing(id) ? 503 : 204)));
  const lines = new Map(stores.lines.map((line) => [line.message.message_id, line]));
  expect([...lines.keys()].sort()).toEqual(ids.filter((id) => !failing(id)));
  for (const [id, line] of lines) {
    expect(line.payment!.transaction_id).toBe(`t-${id}`);
    expect([line.outcome, line.claim_owner]).toEqual(copies(id) ? ['duplicate', `owner of ${id}`] : ['recorded', null]);
  }
  expect(stores.lines).toHaveLength(lines.size);
});

test('eighty at once, half of which a store refuses for good: each rejected line stands for its own message', async () => {
  let seed = 20_260_211;
  const soon = () => new Promise<void>((resolve) => void setTimeout(resolve, (seed = (seed * 48_271) % 2_147_483_647) % 25));
  const refused = (id: string) => Number(id) % 2 === 1;
  stores.claims.claim = async ([request]) => (await soon(), [{ result: 'claimed', owner: request.owner }]);
  stores.appendsGive(async ({ outcome, message }) => {
    await soon();
    if (outcome !== 'rejected' && refused(message.message_id)) throw http(400, 'invalid');
  });
  const ids = Array.from({ length: 80 }, (_none, number) => String(number + 100));
  const bodies = ids.map((id) => payment({ transaction_id: `t-${id}` }));
  const replies = await Promise.all(ids.map((id, index) => push(pushBody(bodies[index], { messageId: id }))));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([204]));
  expect(stores.lines.map(({ message }) => message.message_id).sort()).toEqual(ids);
  for (const { outcome, message, payment: found, faults: why } of stores.lines) {
    const hash = createHash('sha256').update(bodies[ids.indexOf(message.message_id)]).digest();
    expect(Buffer.from(message.data_sha256).equals(hash), message.message_id).toBe(true);
    expect([message.message_id, outcome, found?.transaction_id ?? null, why.map(({ code }) => code)]).toEqual(
      refused(message.message_id) ? [message.message_id, 'rejected', null, ['could_not_be_processed']] : [message.message_id, 'recorded', `t-${message.message_id}`, []],
    );
  }
});
