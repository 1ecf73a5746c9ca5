import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { MAX_BREAKS, MAX_LATE_PAYMENTS, MAX_POSTING_RUNS } from '../../../functions/reconciliation/report/bounds.ts';
import { buildReport, type Report } from '../../../functions/reconciliation/report/report.ts';
import { at, insertBreak, insertPosting, insertReconciliation, insertRun, openTestBooks, type TestBooks } from './books-fixture.ts';
import { GREATEST_EUR, NASTY_ID, sampleBooks } from './sample.ts';

const NOW = at('2026-02-01T00:00:00Z');

describe('a report on everything', () => {
  let books: TestBooks;
  let report: Report;
  beforeAll(async () => {
    books = await sampleBooks();
    report = await buildReport(books, { date: null, now: NOW });
  });
  afterAll(() => books.close());

  it('gives the verdict of the last reconciliation, and says in which currencies the money does not tie out', () => {
    expect(report.verdict).toEqual({
      verdict: 'breaks', headline: 'The money does not tie out in JPY.', reason: '2 breaks are errors: 1 message is missing.',
      reconciled_at: '2026-01-31T23:00:00.000001Z', errors: 2, warnings: 3, posting_runs_since: 1,
    });
  });

  it('shows control totals from the ledger, by currency and kind, exact to the last digit', () => {
    expect(report.ledger.control_totals).toEqual([
      { currency: 'BHD', postings: 1, gross: '1.234', net: '1.234', kinds: [{ kind: 'payment', postings: 1, gross: '1.234', net: '1.234' }] },
      {
        currency: 'EUR', postings: 4, gross: '10000000000020.50', net: '10000000000014.50',
        kinds: [{ kind: 'payment', postings: 3, gross: '10000000000017.50', net: '10000000000017.50' }, { kind: 'refund', postings: 1, gross: '3.00', net: '-3.00' }],
      },
      { currency: 'JPY', postings: 1, gross: '1500', net: '1500', kinds: [{ kind: 'payment', postings: 1, gross: '1500', net: '1500' }] },
    ]);
  });

  it('proves published − posted − duplicates − conflicts − rejected − pending = missing, by currency', () => {
    const lines = new Map(report.proof!.currencies.map((line) => [line.currency, line]));
    expect([...lines].map(([currency, line]) => [currency, line.ties_out])).toEqual([['BHD', true], ['EUR', true], ['JPY', false]]);
    expect(lines.get('EUR')).toMatchObject({
      published: { messages: 8, gross: '10000000000044.50', net: '10000000000032.50' },
      posted: { messages: 4, gross: '10000000000020.50', net: '10000000000014.50' },
      duplicate: { messages: 2, gross: '13.50', net: '7.50' },
      difference: { messages: 0, gross: '0.00', net: '0.00' },
      kinds_that_differ: [],
    });
    expect(lines.get('JPY')).toMatchObject({ missing: { messages: 1, gross: '2500', net: '2500' }, difference: { messages: 0, gross: '0' } });
  });

  it('counts every message, and says of how many the money is unknown', () => {
    expect(report.proof!.dispositions.map(({ disposition, messages, share }) => [disposition, messages, share])).toEqual([
      ['posted', 6, '46.15'], ['duplicate', 2, '15.38'], ['conflict', 1, '7.69'], ['pending', 0, '0.00'], ['rejected', 3, '23.07'], ['missing', 1, '7.69'],
    ]);
    expect(report.proof!.money_unreadable).toEqual([{ disposition: 'rejected', messages: 2 }]);
    expect(report.proof!.duplicates_kept_out).toEqual([{ currency: 'EUR', messages: 2, gross: '13.50', net: '7.50' }]);
  });

  it('ages breaks, errors first, the oldest first, of the last reconciliation only', () => {
    expect(report.breaks.list.items.map(({ break_id, age_days, amount }) => [break_id, age_days, amount])).toEqual([
      ['conflict_open:1', 32, '12.00'], ['missing_message:1', 0, '2500'],
      ['rejected_unresolved:0', 11, null], ['rejected_unresolved:1', 10, null], ['rejected_unresolved:2', 9, null],
    ]);
    expect(report.breaks.by_type).toMatchObject([
      { break_type: 'conflict_open', breaks: 1, amounts: [{ currency: 'EUR', amount: '12.00' }], amounts_unknown: 0 },
      { break_type: 'missing_message', breaks: 1, amounts: [{ currency: 'JPY', amount: '2500' }], amounts_unknown: 0 },
      { break_type: 'rejected_unresolved', breaks: 3, amounts: [], amounts_unknown: 3 },
    ]);
    expect(report.breaks.by_type.map(({ ages }) => ages.filter(({ breaks }) => breaks > 0))).toEqual([
      [{ age: 'over 30', breaks: 1 }], [{ age: '0-1', breaks: 1 }], [{ age: '8-30', breaks: 3 }],
    ]);
    expect(report.actions.map(({ severity, break_type }) => [severity, break_type])).toEqual([
      ['error', 'conflict_open'], ['error', 'missing_message'], ['warning', 'rejected_unresolved'], ['note', null],
    ]);
  });

  it('shows conflicts field by field, and never a customer', () => {
    expect(report.conflicts.items).toMatchObject([{ transaction_id: 'tx-1', message_id: 'm-9', posted_message_id: 'm-tx-1', posted_booking_date: '2026-01-30', age_days: 32 }]);
    expect(report.conflicts.items[0]!.fields).toEqual([
      { field: 'amount', posted: '10.50', copy: '12.00' },
      { field: 'merchant_id', posted: 'shop', copy: 'other-shop' },
      { field: 'customer_id', posted: 'not shown', copy: 'not shown' },
    ]);
  });

  it('groups rejects by their first fault, with an example and the fix', () => {
    expect(report.rejects.items).toEqual([
      {
        code: 'amount_is_a_number', messages: 2,
        example: { message_id: 'r-1', since: '2026-01-20T01:00:00Z', source: 'payments.jsonl', line_number: 7, field: 'amount', found: '10.5', fix: 'Send the amount as a string.' },
      },
      {
        code: 'not_json', messages: 1,
        example: { message_id: NASTY_ID, since: '2026-01-22T01:00:00Z', source: 'payments.jsonl', line_number: 7, field: '', found: null, fix: 'Send one JSON object.' },
      },
    ]);
  });

  it('lists late payments, days and runs', () => {
    expect(report.ledger.late.payments.items).toMatchObject([
      { transaction_id: 'tx-6', delay_minutes: 3_210, amount: '7.00', booking_date: '2026-01-31' },
      { transaction_id: 'tx-5', delay_minutes: 120, amount: '1.234', booking_date: '2026-01-31' },
    ]);
    expect(report.ledger.late.totals).toEqual([{ currency: 'BHD', messages: 1, gross: '1.234', net: '1.234' }, { currency: 'EUR', messages: 1, gross: '7.00', net: '7.00' }]);
    expect(report.ledger.booking_days.items.map(({ booking_date, postings, over }) => [booking_date, postings, over])).toEqual([['2026-01-31', 2, false], ['2026-01-30', 4, true]]);
    expect(report.ledger.posting_runs.items.map(({ run }) => run)).toEqual([3, 2, 1]);
  });

  it('holds no personal data', () => expect(JSON.stringify(report)).not.toMatch(/customer-(secret|other)/));
});

describe('a booking date', () => {
  it('that is over gives the same ledger part whatever came after', async () => {
    const books = await sampleBooks();
    const before = await buildReport(books, { date: '2026-01-30', now: NOW });
    await insertPosting(books, { id: 'tx-7', run: 4, booking_date: '2026-02-01', amount: '1.00', currency: 'EUR', outcome: 'late', event_time: '2026-01-30T00:00:00Z' });
    await insertRun(books, 4, '2026-02-01', 1);
    await insertReconciliation(books, { reconciliation: 3, reconciled_at: '2026-02-02T00:00:00Z', posting_run: 4, verdict: 'reconciled' });
    const after = await buildReport(books, { date: '2026-01-30', now: at('2026-03-01T00:00:00Z') });
    books.close();
    expect(before.ledger.booking_days.items).toEqual([{ booking_date: '2026-01-30', runs: 1, postings: 4, over: true, closed_by_run: 2, closed_at: '2026-01-31T23:00:00Z' }]);
    expect(before.ledger.control_totals.map(({ currency, postings, gross }) => [currency, postings, gross])).toEqual([['EUR', 3, '10000000000013.50'], ['JPY', 1, '1500']]);
    expect(JSON.stringify(after.ledger)).toBe(JSON.stringify(before.ledger));
    expect(JSON.stringify(after)).not.toBe(JSON.stringify(before));
  });

  test.each([
    ['before the first posting: over, by the run that came after it', '2026-01-15', true, 1],
    ['that is being booked: open', '2026-01-31', false, null],
    ['after the last posting: open, whatever the clock says', '2026-02-20', false, null],
  ])('%s', async (_name, date, over, closed_by_run) => {
    const books = await sampleBooks();
    const report = await buildReport(books, { date, now: at('2026-03-01T00:00:00Z') });
    books.close();
    expect(report.ledger.booking_days.items).toMatchObject([{ booking_date: date, over, closed_by_run }]);
  });

  test.each(['31.01.2026', '2026-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00:00:00Z', ''])('is never %j', async (date) => {
    const books = await openTestBooks();
    await expect(buildReport(books, { date, now: NOW })).rejects.toThrow(RangeError);
    books.close();
  });
});

test('a late refund takes away from the net of late payments', async () => {
  const books = await openTestBooks();
  await insertRun(books, 1, '2026-01-31', 2);
  await insertPosting(books, { id: 'a', run: 1, booking_date: '2026-01-31', amount: '7.00', currency: 'EUR', outcome: 'late' });
  await insertPosting(books, { id: 'b', run: 1, booking_date: '2026-01-31', amount: '2.00', currency: 'EUR', outcome: 'late', kind: 'refund' });
  const { ledger } = await buildReport(books, { date: null, now: NOW });
  books.close();
  expect(ledger.late.totals).toEqual([{ currency: 'EUR', messages: 2, gross: '9.00', net: '5.00' }]);
});

describe('ages', () => {
  const cases: [string, string, number][] = [
    ['2026-02-01T00:00:01Z', '0-1', 0], // dated ahead of now
    ['2026-01-30T00:00:00.000001Z', '0-1', 1],
    ['2026-01-30T00:00:00Z', '2-7', 2],
    ['2026-01-24T00:00:00.000001Z', '2-7', 7],
    ['2026-01-24T00:00:00Z', '8-30', 8],
    ['2026-01-01T00:00:00.000001Z', '8-30', 30],
    ['2026-01-01T00:00:00Z', 'over 30', 31],
  ];
  it.each(cases)('open since %s: %s, %i days', async (since, age, days) => {
    const books = await openTestBooks();
    await insertReconciliation(books, { reconciliation: 1, reconciled_at: '2026-01-31T00:00:00Z', posting_run: 0, verdict: 'breaks', errors: 1 });
    await insertBreak(books, 1, { break_id: 'b', break_type: 'double_posting', severity: 'error', since });
    const { breaks } = await buildReport(books, { date: null, now: NOW });
    books.close();
    expect(breaks.list.items[0]!.age_days).toBe(days);
    expect(breaks.by_type[0]!.ages.find((group) => group.breaks > 0)!.age).toBe(age);
  });
});

describe('bounds', () => {
  it('cuts each list, and says how many more there are', async () => {
    const books = await openTestBooks();
    const [late, runs, breaks] = [MAX_LATE_PAYMENTS + 3, MAX_POSTING_RUNS + 2, MAX_BREAKS + 5];
    await insertPosting(books, { id: 'tx', run: 1, booking_date: '2026-01-01', amount: GREATEST_EUR, currency: 'EUR', outcome: 'late', event_time: '2025-12-01T00:00:00Z' });
    await books.run(`INSERT INTO payment_transactions SELECT payment_transactions.* REPLACE ('tx-' || n AS transaction_id) FROM payment_transactions, range(${late - 1}) AS more(n)`);
    await insertRun(books, 1, '2026-01-01', late);
    await books.run(`INSERT INTO posting_runs SELECT posting_runs.* REPLACE (n + 2 AS run) FROM posting_runs, range(${runs - 1}) AS more(n)`);
    await insertReconciliation(books, { reconciliation: 1, reconciled_at: '2026-01-02T00:00:00Z', posting_run: 1, verdict: 'breaks', errors: breaks });
    await books.run(`INSERT INTO reconciliation_breaks SELECT 1, concat('b-', n), 'conflict_open', 'error', NULL, NULL, NULL, NULL, NULL, 'd', 'n' FROM range(${breaks}) AS more(n)`);
    const report = await buildReport(books, { date: null, now: NOW });
    books.close();
    expect(report.ledger.late.payments).toMatchObject({ items: { length: MAX_LATE_PAYMENTS }, more: 3 });
    expect(report.ledger.late.totals[0]!.gross).toBe('530000000000000.00');
    expect(report.ledger.posting_runs).toMatchObject({ items: { length: MAX_POSTING_RUNS }, more: 2 });
    expect(report.breaks.list).toMatchObject({ items: { length: MAX_BREAKS }, more: 5 });
    expect(report.breaks.by_type[0]!.ages.at(-1)).toEqual({ age: 'unknown', breaks });
    expect(report.conflicts.items.length + report.conflicts.more).toBe(breaks);
  });
});

test('a store without anything in it', async () => {
  const books = await openTestBooks();
  const report = await buildReport(books, { date: null, now: NOW });
  books.close();
  expect(report.verdict).toMatchObject({ verdict: 'not_reconciled', headline: 'Nothing is proven yet.' });
  expect(report).toMatchObject({ proof: null, ledger: { control_totals: [], booking_days: { items: [], more: 0 } }, breaks: { by_type: [] } });
  expect(report.actions).toHaveLength(1);
});
