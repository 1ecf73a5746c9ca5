import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeNow } from '../../functions/local/store-clock.ts';
import { reconcile } from '../../functions/reconciliation/reconcile.ts';
import { MICROS_PER_DAY } from '../../functions/payment/time.ts';
import { storeOf } from './healthy-store.ts';
import { payment, type Published, pushLine } from './published.ts';
import type { TrialStore } from './trial-store.ts';

const DAY = 86_400;
const RUNS = 100;

/** What one message of a random file is; small choices, so that copies and conflicts abound. */
const MESSAGE = fc.record({
  transaction: fc.integer({ min: 1, max: 5 }),
  message: fc.integer({ min: 1, max: 9 }),
  amount: fc.constantFrom('0', '1.00', '1', '2.5', '999999999999.99'),
  currency: fc.constantFrom('EUR', 'USD', 'BHD'),
  kind: fc.constantFrom(undefined, 'payment', 'refund', 'chargeback_reversal', 'fee'),
  age: fc.constantFrom(0, 60, 7_200),
  dead_letter: fc.constantFrom(null, null, null, 0, 60),
  fault: fc.constantFrom(null, null, null, null, 'cut', 'negative', 'huge', 'minor units without end', 'no kind', 'number', 'text', 'bare'),
});
type RandomMessage = typeof MESSAGE extends fc.Arbitrary<infer Value> ? Value : never;

/** Faults that leave no valid payment, as fields that differ. */
const FAULTS: Readonly<Record<string, Record<string, unknown>>> = {
  negative: { amount: '-1.00' },
  huge: { amount: '99999999999999999999999999999' },
  'minor units without end': { amount: undefined, amount_minor: `1${'0'.repeat(30)}`, amount_exponent: 2 },
  'no kind': { kind: 'gift' },
  number: { amount: 1.5 },
};

let store: TrialStore;
let run = 0;
beforeAll(async () => {
  store = await storeOf([], { warning_age: 3_650 * MICROS_PER_DAY });
});
afterAll(() => store.close());

/** The lines of a file on a day of its own, with ids of its own; and how many payments must be posted of it. */
function fileOf(messages: readonly RandomMessage[]): { lines: string[]; payments: number } {
  const start = (run += 1) * DAY;
  const payments = new Set<string>();
  const lines = messages.map(({ transaction, message, amount, currency, kind, age, dead_letter, fault }, index) => {
    const at = start + 10_000 + index;
    const data = payment(`t-${run}-${transaction}`, at - age, { amount, currency, kind, ...FAULTS[fault ?? ''] });
    const text = JSON.stringify(data);
    if (fault === 'text') return `nothing ${index}`;
    if (fault === null || fault === 'bare') payments.add(String(data.transaction_id));
    if (fault === 'bare') return text;
    const line: Published = { id: `m-${run}-${message}`, at, data: fault === 'cut' ? text.slice(0, -20) : text, ...(dead_letter === null ? {} : { dead_letter_of: at - dead_letter }) };
    return pushLine(line);
  });
  return { lines, payments: payments.size };
}

const COLUMNS = 'message_id, data_sha256, transaction_id, disposition, published_at, journaled_at, source, line_number, currency, kind, amount, effect, is_published, flags, decision';

test(`published − posted − duplicates − conflicts − rejected − pending − missing = 0, in messages and money, over ${RUNS} random files`, async () => {
  let before = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(MESSAGE, { minLength: 1, maxLength: 12 }), async (messages) => {
      try {
        const { lines, payments } = fileOf(messages);
        await store.ingest(lines);
        const proof = await store.prove();
        expect(proof.open.filter((one) => one.severity === 'error')).toEqual([]);
        expect(proof.verdict).toBe('reconciled');
        expect(await store.directory.books.query('checks/61-published-money-is-all-accounted-for.sql')).toEqual([]);
        const { published, ...buckets } = proof.messages;
        expect(Object.values(buckets).reduce((sum, count) => sum + count, 0)).toBe(published);
        expect(proof.messages.posted - before, 'every payment of the file is posted, once').toBe(payments);
        before = proof.messages.posted;
      } catch (failure) {
        store.close(); // a store that broke would fail all smaller examples too
        store = await storeOf([], { warning_age: 3_650 * MICROS_PER_DAY });
        before = 0;
        throw failure;
      }
    }),
    { numRuns: RUNS },
  );
}, 120_000);

test('of all of them the view message_dispositions says the same as the job: of each exception, and posted of each that matched', async () => {
  const { books, settings } = store.directory;
  let differing: unknown[] = ['never compared'];
  let matched: unknown[] = [];
  const watched: typeof books = {
    ...books,
    async forget(name) {
      if (name === 'reconcile_matched') {
        const isException = 'EXISTS (SELECT 1 FROM reconcile_exceptions AS exception WHERE exception.message_id = said.message_id AND exception.data_sha256 = said.data_sha256)';
        expect(await store.rows('SELECT 1 FROM reconcile_matched')).not.toEqual([]);
        // Each row must be in both, once.
        differing = await store.rows(`SELECT ${COLUMNS}, COUNT(*) AS places FROM (SELECT ${COLUMNS} FROM reconcile_messages UNION ALL SELECT ${COLUMNS} FROM message_dispositions AS said WHERE ${isException}) GROUP BY ALL HAVING COUNT(*) <> 2`);
        matched = await store.rows(
          `SELECT currency, kind, disposition, is_published, COUNT(*) AS messages, SUM(amount) AS gross, SUM(effect) AS net FROM message_dispositions AS said WHERE NOT ${isException} GROUP BY ALL
           EXCEPT ALL SELECT currency, kind, 'posted', TRUE, messages, published_gross, published_net FROM reconcile_matched WHERE posted_gross = published_gross AND posted_net = published_net`,
        );
      }
      await books.forget(name);
    },
  };
  const { messages } = await reconcile(watched, { now: await storeNow(store.directory), settings, ids: store.directory.ids, incomplete: [] });
  expect(differing).toEqual([]);
  expect(matched).toEqual([]);
  expect(messages.published).toBeGreaterThan(RUNS);
});
