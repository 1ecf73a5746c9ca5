import { describe, expect, it, test } from 'vitest';
import { buildReport } from '../../../functions/reconciliation/report/report.ts';
import { at, insertBreak, insertReconciliation, insertTotals, openTestBooks, type TestTotals } from './books-fixture.ts';

const HEALTHY: TestTotals = { published: [2, '20', '20'], posted: [2, '20', '20'] };
const MISSING: TestTotals = { published: [2, '20', '20'], posted: [1, '10', '10'], missing: [1, '10', '10'] };
const UNEXPLAINED: TestTotals = { published: [2, '20', '20'], posted: [2, '20', '19.99'] };
const PENDING: TestTotals = { published: [2, '20', '20'], posted: [1, '10', '10'], pending: [1, '10', '10'] };

async function verdictOf(verdict: string, totals: TestTotals, messages: Record<string, number>, errors = 0) {
  const books = await openTestBooks();
  await insertReconciliation(books, { reconciliation: 1, reconciled_at: '2026-01-01T00:00:00Z', posting_run: 0, verdict, errors, messages });
  await insertTotals(books, 1, 'EUR', 'payment', totals);
  const report = await buildReport(books, { date: null, now: at('2026-01-02T00:00:00Z') }).finally(() => books.close());
  return report;
}

describe('the headline says about money what the proof says', () => {
  test.each([
    ['reconciled', HEALTHY, { published: 2, posted: 2 }, 0, 'The money ties out.'],
    ['pending', PENDING, { published: 2, posted: 1, pending: 1 }, 0, 'The money ties out so far. Some payments still wait to be posted.'],
    ['breaks', HEALTHY, { published: 2, posted: 2 }, 1, 'Published money is accounted for, but 1 break needs a person.'],
    ['breaks', HEALTHY, { published: 2, posted: 2 }, 1_200, 'Published money is accounted for, but 1,200 breaks need a person.'],
    ['breaks', MISSING, { published: 2, posted: 1, missing: 1 }, 1, 'The money does not tie out in EUR.'],
    ['breaks', UNEXPLAINED, { published: 2, posted: 2 }, 1, 'The money does not tie out in EUR.'],
    ['reconciled', UNEXPLAINED, { published: 2, posted: 2 }, 0, 'The money does not tie out in EUR.'],
    ['breaks', HEALTHY, { published: 3, posted: 2, missing: 1 }, 1, 'Messages are missing, and their money is unknown.'],
    ['incomplete', MISSING, { published: 2, posted: 1, missing: 1 }, 1, 'Not proven: the input is not complete.'],
  ])('%s with %j', async (verdict, totals, messages, errors, headline) => {
    expect((await verdictOf(verdict, totals, messages, errors)).verdict).toMatchObject({ verdict, headline });
  });

  it('names the first currencies, and counts the others', async () => {
    const books = await openTestBooks();
    await insertReconciliation(books, { reconciliation: 1, reconciled_at: '2026-01-01T00:00:00Z', posting_run: 0, verdict: 'breaks', errors: 1 });
    for (const currency of ['AUD', 'BRL', 'CAD', 'CHF', 'CZK', 'DKK', 'EUR', 'GBP']) await insertTotals(books, 1, currency, 'payment', MISSING);
    const { verdict } = await buildReport(books, { date: null, now: 0 }).finally(() => books.close());
    expect(verdict.headline).toBe('The money does not tie out in AUD, BRL, CAD, CHF, CZK, DKK and 2 more currencies.');
  });

  it('refuses a verdict that it does not know', async () => {
    await expect(verdictOf('fine', HEALTHY, {})).rejects.toThrow(/fine/);
  });

  it('finds a loss that two kinds hide from each other', async () => {
    const books = await openTestBooks();
    await insertReconciliation(books, { reconciliation: 1, reconciled_at: '2026-01-01T00:00:00Z', posting_run: 0, verdict: 'reconciled' });
    await insertTotals(books, 1, 'EUR', 'payment', { published: [1, '10', '10'], posted: [1, '9', '9'] });
    await insertTotals(books, 1, 'EUR', 'fee', { published: [1, '1', '-1'], posted: [1, '2', '0'] });
    const { proof } = await buildReport(books, { date: null, now: 0 });
    books.close();
    expect(proof!.currencies[0]).toMatchObject({
      ties_out: false,
      difference: { messages: 0, gross: '0.00', net: '0.00' },
      kinds_that_differ: [{ kind: 'fee', messages: 0, gross: '-1.00', net: '-1.00' }, { kind: 'payment', messages: 0, gross: '1.00', net: '1.00' }],
    });
  });
});

describe('what to do', () => {
  test.each([
    ['incomplete', ['The input is not complete']],
    ['pending', ['Payments wait to be posted']],
    ['reconciled', []],
  ])('%s: %j', async (verdict, what) => {
    expect((await verdictOf(verdict, HEALTHY, { published: 2, posted: 2 })).actions.map((action) => action.what)).toEqual(what);
  });

  it('cuts a text of a break that is too long, and never inside a character', async () => {
    const books = await openTestBooks();
    await insertReconciliation(books, { reconciliation: 1, reconciled_at: '2026-01-01T00:00:00Z', posting_run: 0, verdict: 'breaks', errors: 1 });
    await insertBreak(books, 1, { break_id: 'b', break_type: 'money_mismatch', severity: 'error', detail: `x${'😀'.repeat(400)}` });
    const [found] = (await buildReport(books, { date: null, now: 0 })).breaks.list.items;
    books.close();
    expect(found!.detail).toHaveLength(501);
    expect(found!.detail.isWellFormed()).toBe(true);
  });
});
