import { afterEach, describe, expect, test } from 'vitest';
import { duckdbJournal } from '../../functions/adapters/embedded/duckdb-journal.ts';
import { readPushEnvelope } from '../../functions/adapters/google/push-envelope.ts';
import { redriveAttributes } from '../../functions/adapters/google/redrive-attributes.ts';
import { post } from '../../functions/ledger/post.ts';
import { type Micros, MICROS_PER_HOUR } from '../../functions/payment/time.ts';
import { processBatch } from '../../functions/pipeline/pipeline.ts';
import type { ArchivedMessage, Redrive } from '../../functions/ports.ts';
import { MAX_TIMES_REPUBLISHED, REPUBLISH_AGAIN_AFTER, republishMissing } from '../../functions/reconciliation/republish-missing.ts';
import { storeOf } from './healthy-store.ts';
import { microsAt, payment, type Published } from './published.ts';
import type { Proof, TrialStore } from './trial-store.ts';

const HOUR = 3_600;
const LOST: Published = { id: 'm-lost', at: 60, data: payment('p-lost', 60) };
const TRAFFIC: Published[] = [{ id: 'm-1', at: 0, data: payment('p-1', 0) }, LOST, { id: 'm-2', at: 3 * HOUR, data: payment('p-2', 3 * HOUR) }];

const NOW = microsAt(4 * HOUR);

let store: TrialStore;
afterEach(() => store.close());

/** A store in which these payments' messages went missing: archived, in no line, in no posting. */
async function storeThatLost(ids: readonly string[], lines = TRAFFIC): Promise<void> {
  store = await storeOf(lines);
  const lost = ids.map((id) => `'${id}'`).join(', ');
  await store.run(`DELETE FROM payment_journal WHERE transaction_id IN (${lost}); DELETE FROM payment_transactions; DELETE FROM posting_runs; DELETE FROM posting_totals; UPDATE posting_head SET run = 0`);
  await postUpTo(NOW);
}

async function postUpTo(cut: Micros): Promise<void> {
  const { books, ids, settings } = store.directory;
  await post(books, ids, { kind: 'sweep', cut, orphan_grace: settings.orphan_grace });
}

/** A topic that keeps what it was given. */
function trialRedrive(fails = false): Redrive & { published: ArchivedMessage[] } {
  const published: ArchivedMessage[] = [];
  return {
    published,
    async publishAgain(messages) {
      if (fails) throw new Error('unavailable');
      published.push(...messages);
    },
  };
}

const missing = (proof: Proof) => proof.open.filter(({ break_type }) => break_type === 'missing_message').map(({ message_id }) => message_id);
const audited = () => store.rows("SELECT message_id, to_hex(data_sha256) AS data_sha256, CAST(epoch_us(effective_at) AS DOUBLE) AS at, actor, reason FROM audit_log WHERE action = 'republished' ORDER BY effective_at, message_id");
const republish = (proof: Pick<Proof, 'reconciliation' | 'is_behind'>, redrive: Redrive, now: Micros = NOW) => republishMissing(store.directory.books, redrive, proof, now);

test('a missing message is published again as it was, with an audit row', async () => {
  await storeThatLost(['p-lost']);
  const proof = await store.prove({ now: NOW });
  expect(missing(proof)).toEqual(['m-lost']);
  const redrive = trialRedrive();
  expect(await republish(proof, redrive)).toBe(1);
  const data = Buffer.from(JSON.stringify(LOST.data));
  expect(redrive.published).toEqual([{ message_id: 'm-lost', data: expect.anything(), attributes: {}, published_at: microsAt(60), dead_letter_published_at: null }]);
  expect(Buffer.from(redrive.published[0]!.data)).toEqual(data);
  expect(await audited()).toMatchObject([{ message_id: 'm-lost', at: NOW, actor: 'reconciliation', reason: `In no journal line: reconciliation ${proof.reconciliation}.` }]);
});

test('and counts once: the line is written under its own id, however often it was published', async () => {
  await storeThatLost(['p-lost']);
  const redrive = trialRedrive();
  await republish(await store.prove({ now: NOW }), redrive);
  const { store: { connection }, claims, settings } = store.directory;
  const journal = duckdbJournal(connection, () => NOW, async () => undefined);
  const pushed = redrive.published.concat(redrive.published).map((one, delivery) => readPushEnvelope(
    Buffer.from(JSON.stringify({ message: { messageId: `new-${delivery}`, publishTime: '2026-01-12T14:00:01Z', attributes: redriveAttributes(one), data: Buffer.from(one.data).toString('base64') } })),
    { source: 'projects/p/subscriptions/redrive', received_at: NOW, believes_redrive: true, dead_letter: false },
  ));
  for (const message of pushed) await processBatch([message], { claims, journal }, settings);
  await postUpTo(NOW + MICROS_PER_HOUR);
  const proof = await store.prove({ now: NOW + MICROS_PER_HOUR });
  expect({ verdict: proof.verdict, open: proof.open, posted: proof.messages.posted }).toEqual({ verdict: 'reconciled', open: [], posted: 3 });
});

describe('not again', () => {
  test.each([
    ['at once', 0, 0],
    ['while it may be on its way', REPUBLISH_AGAIN_AFTER - 1, 0],
    ['unless it had its time', REPUBLISH_AGAIN_AFTER, 1],
  ])('%s', async (_name, later, expected) => {
    await storeThatLost(['p-lost']);
    const proof = await store.prove({ now: NOW });
    await republish(proof, trialRedrive());
    expect(await republish(proof, trialRedrive(), NOW + later)).toBe(expected);
  });

  test('for ever', async () => {
    await storeThatLost(['p-lost']);
    const proof = await store.prove({ now: NOW });
    const redrive = trialRedrive();
    for (let time = 0; time < MAX_TIMES_REPUBLISHED + 2; time++) await republish(proof, redrive, NOW + time * REPUBLISH_AGAIN_AFTER);
    expect(redrive.published.length).toBe(MAX_TIMES_REPUBLISHED);
    expect((await audited()).length).toBe(MAX_TIMES_REPUBLISHED);
  });

  test('where the reconciliation could not see everything', async () => {
    await storeThatLost(['p-lost']);
    const { reconciliation } = await store.prove({ now: NOW });
    expect(await republish({ reconciliation, is_behind: true }, trialRedrive())).toBe(0);
    expect(await audited()).toEqual([]);
  });

  test('where nothing is missing', async () => {
    store = await storeOf(TRAFFIC);
    expect(await republish(await store.prove({ now: NOW }), trialRedrive(true))).toBe(0);
  });
});

test('where it could not be published there is no audit row, and the next run publishes it', async () => {
  await storeThatLost(['p-lost']);
  const proof = await store.prove({ now: NOW });
  await expect(republish(proof, trialRedrive(true))).rejects.toThrow('unavailable');
  expect(await audited()).toEqual([]);
  expect(await republish(proof, trialRedrive())).toBe(1);
});

test('of two messages under one id only the missing one, and a message that was delivered twice once', async () => {
  const other = { ...LOST, data: payment('p-other', 60) };
  await storeThatLost(['p-lost'], [...TRAFFIC, LOST, other]);
  const redrive = trialRedrive();
  await republish(await store.prove({ now: NOW }), redrive);
  expect(redrive.published.map(({ data }) => JSON.parse(Buffer.from(data).toString()).transaction_id)).toEqual(['p-lost']);
});

test('the oldest first, each with its attributes; no more bytes than one run may publish', async () => {
  await storeThatLost(['p-1', 'p-2']);
  await store.run(`UPDATE raw_messages SET line = encode(replace(decode(line), '"attributes":{}', '"attributes":{"producer":"shop","n":1}'))`);
  const proof = await store.prove({ now: microsAt(6 * HOUR) });
  const redrive = trialRedrive();
  await republish(proof, redrive);
  expect(redrive.published.map(({ message_id, attributes }) => [message_id, attributes])).toEqual([['m-1', { producer: 'shop' }], ['m-2', { producer: 'shop' }]]);
  const first = redrive.published[0]!.data.length;
  for (const [most_bytes, expected] of [[1, ['m-1']], [first, ['m-1']], [first + 1, ['m-1', 'm-2']]] as const) {
    const { books } = store.directory;
    const parameters = { reconciliation: proof.reconciliation, most_bytes, break_ids: proof.open.map(({ break_id }) => break_id).join(','), published_from: { timestamp: microsAt(0) }, published_to: { timestamp: microsAt(3 * HOUR) } };
    expect((await books.query('jobs/reconcile/missing-messages.sql', parameters)).map(({ message_id }) => message_id)).toEqual(expected);
  }
});
