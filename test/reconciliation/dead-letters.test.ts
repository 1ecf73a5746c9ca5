import { afterEach, describe, expect, test } from 'vitest';
import { decide } from '../../functions/local/commands/decide.ts';
import { post } from '../../functions/ledger/post.ts';
import { storeNow } from '../../functions/local/store-clock.ts';
import { storeOf } from './healthy-store.ts';
import { payment, type PaymentFields, type Published } from './published.ts';
import type { TrialStore } from './trial-store.ts';

const HOUR = 3_600;
const PAYMENT = payment('p-1', 0);
const original = (id: string, data: PaymentFields | string = PAYMENT): Published => ({ id, at: 0, data });
const deadLetter = (id: string, data: PaymentFields | string = PAYMENT, of = 0): Published => ({ id, at: 2 * HOUR, data, dead_letter_of: of });
const LAST: Published = { id: 'm-last', at: 4 * HOUR, data: payment('p-last', 4 * HOUR) };

let store: TrialStore;
afterEach(() => store.close());

/** Takes the lines in as if the handlers of some messages had failed for good: these have no line. Then posts. */
async function storeWithout(lines: readonly Published[], withoutLine: readonly string[]): Promise<TrialStore> {
  const made = await storeOf([...lines, LAST]);
  // The pipeline of one machine gives every message a line; so the books are made again without those lines.
  await made.run(`DELETE FROM payment_journal WHERE message_id IN (${withoutLine.map((id) => `'${id}'`).join(', ')})`);
  for (const table of ['payment_transactions', 'posting_runs', 'posting_totals']) await made.run(`DELETE FROM ${table}`);
  await made.run('UPDATE posting_head SET run = 0');
  const { books, ids, settings } = made.directory;
  await post(books, ids, { kind: 'sweep', cut: await storeNow(made.directory), orphan_grace: settings.orphan_grace });
  return made;
}

async function buckets() {
  const proof = await store.prove();
  const rows = await store.rows("SELECT message_id, disposition FROM message_dispositions WHERE message_id <> 'm-last' ORDER BY message_id");
  return { verdict: proof.verdict, breaks: proof.open.map((one) => `${one.break_type} ${one.message_id}`).sort(), messages: rows.map((row) => `${row.message_id} ${row.disposition}`), published: proof.messages.published - 1 };
}

const cases: [string, Published[], string[], string[]][] = [
  ['of an original without a line: the original is posted, in its name', [original('o-1'), deadLetter('d-1')], ['o-1'], ['o-1 posted']],
  ['of an original that has a line, too', [original('o-1'), deadLetter('d-1')], ['nothing'], ['o-1 posted']],
  ['delivered twice', [original('o-1'), deadLetter('d-1'), deadLetter('d-1')], ['o-1'], ['o-1 posted']],
  ['twice, under two ids', [original('o-1'), deadLetter('d-1'), deadLetter('d-2')], ['o-1'], ['o-1 posted']],
  ['of two equal originals: the smaller one takes it', [original('o-2'), original('o-1'), deadLetter('d-1')], ['o-1', 'o-2'], ['o-1 posted', 'o-2 duplicate']],
  ['of three equal originals', [original('o-2'), original('o-3'), original('o-1'), deadLetter('d-1')], ['o-1', 'o-2', 'o-3'], ['o-1 posted', 'o-2 duplicate', 'o-3 duplicate']],
  ['of two equal originals, one with a line: the other takes it', [original('o-1'), original('o-2'), deadLetter('d-1')], ['o-2'], ['o-1 posted', 'o-2 duplicate']],
  ['of two equal originals, two of them', [original('o-1'), original('o-2'), deadLetter('d-1'), deadLetter('d-2')], ['o-1', 'o-2'], ['o-1 posted', 'o-2 duplicate']],
  ['of equal originals whose payment came from elsewhere', [{ id: 'a-1', at: 0, data: { ...PAYMENT, metadata: { try: '1' } } }, original('o-1'), original('o-2'), deadLetter('d-1')], ['o-1', 'o-2'], ['a-1 posted', 'o-1 duplicate', 'o-2 duplicate']],
  ['of equal originals that conflict with it', [{ id: 'a-1', at: 0, data: payment('p-1', 0, { amount: '9' }) }, original('o-1'), original('o-2'), deadLetter('d-1')], ['o-1', 'o-2'], ['a-1 posted', 'o-1 conflict', 'o-2 conflict']],
  ['without an archived original: a message of its own', [deadLetter('d-1')], ['nothing'], ['d-1 posted']],
  ['published at another millisecond: not its original', [original('o-1'), deadLetter('d-1', PAYMENT, 0.001)], ['nothing'], ['d-1 duplicate', 'o-1 posted']],
  ['of other data: not its original', [original('o-1'), deadLetter('d-1', { ...PAYMENT, metadata: {} })], ['nothing'], ['d-1 duplicate', 'o-1 posted']],
];

/** The same in a payment and under ids of its own, so that all cases fit in one store. */
function apart(number: number, line: Published): Published {
  const data = typeof line.data === 'string' ? line.data : { ...line.data, transaction_id: `p-${number}` };
  return { ...line, id: `${number}/${line.id}`, data };
}

describe('a dead letter', () => {
  test('stands for its original, whoever has a line: each message is in one bucket', async () => {
    const names = cases.map(([name], index) => `${index + 10} ${name}`);
    store = await storeWithout(cases.flatMap(([, lines], index) => lines.map((line) => apart(index + 10, line))), cases.flatMap(([, , without], index) => without.map((id) => `${index + 10}/${id}`)));
    const found = await buckets();
    const of = (number: number) => found.messages.filter((one) => one.startsWith(`${number}/`)).map((one) => one.slice(3));
    expect(Object.fromEntries(names.map((name, index) => [name, of(index + 10)]))).toEqual(Object.fromEntries(names.map((name, index) => [name, cases[index][3]])));
    expect(found.published).toBe(found.messages.length);
    const conflicts = cases.flatMap(([, , , messages], index) => messages.filter((one) => one.endsWith('conflict')).map(() => `conflict_open ${index + 10}/d-1`));
    expect({ verdict: found.verdict, breaks: found.breaks }).toEqual({ verdict: 'reconciled', breaks: conflicts });
  });

  test('equal originals without it are missing, each of them', async () => {
    store = await storeWithout([original('o-1'), original('o-2')], ['o-1', 'o-2']);
    expect(await buckets()).toMatchObject({ verdict: 'breaks', messages: ['o-1 missing', 'o-2 missing'], breaks: ['missing_message o-1', 'missing_message o-2'] });
  });

  test('that holds no payment is an open reject under its own id, which closes when somebody decides on it', async () => {
    store = await storeWithout([original('o-1', 'nothing'), deadLetter('d-1', 'nothing')], ['o-1']);
    expect(await buckets()).toMatchObject({ verdict: 'reconciled', messages: ['o-1 rejected'], breaks: ['rejected_unresolved d-1'] });
    await decide(store.directory, 'd-1', 'decided_reject', 'a test of the producer');
    expect((await buckets()).breaks).toEqual([]);
  });

  test('posted in the name of its original is compared with what was published', async () => {
    store = await storeWithout([original('o-1'), deadLetter('d-1')], ['o-1']);
    const open = async (sql: string) => store.trial(sql, async () => (await store.prove()).open.map((one) => `${one.break_type} ${one.message_id}`));
    expect(await open("UPDATE payment_transactions SET amount = 99 WHERE message_id = 'd-1'")).toEqual(['money_mismatch o-1']);
    expect(await open("DELETE FROM payment_journal WHERE message_id = 'd-1'")).toEqual(['money_mismatch o-1']);
    expect(await open("UPDATE payment_transactions SET message_id = 'x' WHERE message_id = 'd-1'")).toEqual(['phantom_posting x']);
    expect(await open("DELETE FROM raw_messages WHERE decode(line) LIKE '%\"o-1\"%' OR decode(line) LIKE '%\"d-1\"%'"), 'both archive rows gone').toEqual(['phantom_line d-1', 'phantom_posting d-1']);
  });
});
