import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { MAX_BREAKS } from '../../../functions/reconciliation/report/bounds.ts';
import type { CurrencyTotals } from '../../../functions/reconciliation/report/control-totals.ts';
import { decimalText, toUnits } from '../../../functions/reconciliation/report/decimal.ts';
import { largestFirst } from '../../../functions/reconciliation/report/largest-first.ts';
import { buildReport, type Report } from '../../../functions/reconciliation/report/report.ts';
import { renderShort } from '../../../functions/reconciliation/report/short.ts';
import { KINDS, SIGN_OF_KIND } from '../../../functions/payment/kind.ts';
import { at, openTestBooks, type TestBooks } from './books-fixture.ts';
import { largeBooks } from './large-books.ts';
import { NASTY_ID, sampleBooks } from './sample.ts';

const NOW = at('2026-02-01T00:00:00Z');
/** One screen or little more; `npm start` adds nine lines. */
const MOST_LINES = 70;

const widest = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length));
const lineOf = (text: string, start: RegExp) => text.split('\n').find((line) => start.test(line));

describe('of the sample', () => {
  let books: TestBooks;
  let report: Report;
  let text: string;
  beforeAll(async () => {
    books = await sampleBooks();
    report = await buildReport(books, { date: null, now: NOW });
    text = renderShort(report);
  });
  afterAll(() => books.close());

  it('answers first, in words', () => {
    expect(text.split('\n').slice(0, 4)).toEqual([
      'Payments report, all booking days, proven as of 2026-01-31 23:00:00 UTC', '', '  BREAKS: The money does not tie out in JPY.', '  2 breaks are errors: 1 message is missing.',
    ]);
  });

  it('gives a line to each currency that does not tie out, and one to all the others', () => {
    expect(text).toMatch(/NO, it does not in 1 currency:\n.*\n.*\n {2}JPY +4,000 +1,500 +0 +2,500 +NO\n/);
    expect(text).toContain('  The other 2 currencies tie out to 0.');
    expect(text).toContain('  2 further messages (rejected) without a readable amount: money unknown, not zero.');
  });

  it('shows the ledger, the kinds adding up to the net', () => {
    const part = renderShort({ ...report, ledger: { ...report.ledger, control_totals: report.ledger.control_totals.filter(({ currency }) => currency !== 'EUR') } });
    expect(lineOf(part, /^ +postings/)).toMatch(/postings +gross +payments +refunds +chargebacks +fees, payouts +net$/);
    expect(lineOf(part, /^ {2}BHD/)).toMatch(/BHD +1 +1\.234 +1\.234 +· +· +· +1\.234$/);
  });

  it('takes two tables where amounts are too long for one', () => {
    expect(text).toMatch(/^ {2}EUR +4 +10,000,000,000,020\.50 +10,000,000,000,014\.50$/m);
    expect(text).toMatch(/^ {2}EUR +10,000,000,000,017\.50 +-3\.00 +· +·$/m);
  });

  it('says what became of every message', () => {
    expect(text).toContain('What became of each of the 13 messages that were published');
    for (const line of ['posted +6 +46\\.15 %', 'duplicate +2 +15\\.38 %', 'conflict +1 ', 'pending +0 ', 'rejected +3 ', 'missing +1 ']) expect(text).toMatch(new RegExp(`^  ${line}`, 'm'));
  });

  it('says what duplicates would have cost', () => expect(lineOf(text, /^ {2}EUR +2 /)).toMatch(/EUR +2 +13\.50 +7\.50$/));

  it('names what to look at with its age, errors first and with what to do', () => {
    expect(text).toMatch(/What to look at: 2 errors, 3 warnings [^\n]*\n {2}1 posting run came after this proof\. Run `reconcile` again/);
    const lines = text.slice(text.indexOf('  error  ')).split('\n').slice(0, 4);
    expect(lines.map((line) => line.replaceAll(/ {2,}/g, '  ').trim())).toEqual([
      'error  Copies that disagree, not yet decided  1  ·  ·  ·  1  ·',
      'error  Published, but never processed  1  1  ·  ·  ·  ·',
      '→ Publish the message again.',
      'warning  Rejected, not yet corrected  3  ·  ·  3  ·  ·',
    ]);
  });

  it('shows conflicts and the reasons of rejection', () => {
    expect(text).toMatch(/tx-1 +12\.00 EUR +amount 10\.50 → 12\.00, and 2 more fields +32 days/);
    expect(text).toMatch(/^ {2}2 {2}amount is a number, e\.g\. amount {2}Send the amount as a string\.$/m);
    expect(text).toMatch(/^ {2}1 {2}not json +Send one JSON object\.$/m);
  });

  it('fits 100 columns, holds no personal data and no control', () => {
    expect(widest(text)).toBeLessThanOrEqual(100);
    expect(text).not.toMatch(/customer-(secret|other)|payload/);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(text).not.toContain(NASTY_ID);
  });

  it('shows colours only when asked', () => {
    const coloured = renderShort(report, { color: true });
    expect(coloured).toContain('\u001b[1;31mBREAKS\u001b[0m');
    expect(coloured).toContain('\u001b[1mDoes the money tie out?\u001b[0m');
    expect(coloured.replaceAll(/\u001b\[[0-9;]+m/g, '')).toBe(text);
  });

  it('of one booking day says that it is over', async () => {
    const day = renderShort(await buildReport(books, { date: '2026-01-30', now: NOW }));
    expect(day).toContain('Booking day 2026-01-30 is over (closed by posting run 2): its figures never change.');
    expect(day).toContain('What is in the ledger, booking day 2026-01-30');
  });
});

test('where nothing is there it says so', async () => {
  const books = await openTestBooks();
  const text = renderShort(await buildReport(books, { date: null, now: NOW }));
  books.close();
  expect(text).toContain('NOT RECONCILED: Nothing is proven yet.');
  expect(text).toContain('Nothing is booked.');
  expect(text).toContain('There is no proof yet. Run `reconcile`, then ask for this report again.');
});

describe.each([['that tie out', true, '5.25'], ['that do not tie out', false, '5.25'], ['of great amounts', false, '9999999999999.99']])('of 30 currencies %s, 10,000 breaks and 40 faults', (_name, tiesOut, amount) => {
  let report: Report;
  let text: string;
  beforeAll(async () => {
    const books = await largeBooks({ currencies: 30, breaks: 10_000, faults: 40, tiesOut, amount });
    report = await buildReport(books, { date: null, now: NOW });
    text = renderShort(report);
    books.close();
  });

  it('stays about one screen', () => {
    expect(report.ledger.control_totals).toHaveLength(30);
    expect(report.breaks.list).toMatchObject({ items: { length: MAX_BREAKS }, more: 10_000 - MAX_BREAKS });
    expect(text.split('\n').length).toBeLessThanOrEqual(tiesOut ? MOST_LINES - 9 : MOST_LINES + 5);
    expect(widest(text)).toBeLessThanOrEqual(amount.length > 10 ? 120 : 100);
  });

  it('says how much it leaves out', () => {
    expect(text).toMatch(amount.length > 10 ? /And 25 more currencies, with fewer postings/ : /And 22 more currencies, with fewer postings/);
    expect(text).toMatch(/And 26 more currencies\.$/m);
    expect(text).toContain('Conflicts, the largest of 2,000');
    expect(text).toMatch(/Rejected 2,000, the commonest of 40 reasons/);
    if (!tiesOut) expect(text).toMatch(/NO, it does not in 30 currencies:[^]*And 22 more currencies\.\n/);
    else expect(text).toContain('Yes: published − in the ledger − set aside = 0 in each of 30 currencies.');
  });

  it('gives the ledger\'s own totals', () => {
    for (const { currency, postings, gross, net } of shownTotals(text)) {
      const [total] = report.ledger.control_totals.filter((line) => line.currency === currency);
      expect({ postings, gross, net }).toEqual({ postings: total!.postings, gross: total!.gross, net: total!.net });
    }
    expect(shownTotals(text).length).toBeGreaterThanOrEqual(5);
  });
});

/** What the table of the ledger says, read back. */
function shownTotals(text: string) {
  const part = /What is in the ledger[^]*?\n\n/.exec(text)![0];
  return [...part.matchAll(/^ {2}([A-Z]{3}) +([\d,]+) +(\S+) .*?(\S+)$/gm)].filter(([line]) => !/^ {2}[A-Z]{3} +\S+\.\d/.test(line))
    .map(([, currency, postings, gross, net]) => ({ currency, postings: Number(postings!.replaceAll(',', '')), gross: gross!.replaceAll(',', ''), net: net!.replaceAll(',', '') }));
}

test('the columns of a currency always add up to its net', () => {
  const kind = fc.record({ kind: fc.constantFrom(...KINDS), minor: fc.bigInt(0n, 10n ** 7n) });
  fc.assert(fc.property(fc.uniqueArray(kind, { selector: (one) => one.kind, minLength: 1 }), (kinds) => {
    const units = (minor: bigint) => minor * 10_000_000n;
    const sum = (of: readonly bigint[]) => decimalText(of.reduce((total, one) => total + one, 0n), 'EUR');
    const lines = kinds.map(({ kind: name, minor }) => ({ kind: name, postings: 1, gross: sum([units(minor)]), net: sum([units(minor) * SIGN_OF_KIND[name]]) }));
    const net = lines.map((line) => toUnits(line.net));
    const totals: CurrencyTotals = { currency: 'EUR', postings: kinds.length, gross: sum(lines.map((line) => toUnits(line.gross))), net: sum(net), kinds: lines };
    const [line] = renderShort({ ...EMPTY, ledger: { ...EMPTY.ledger, control_totals: [totals] } }).split('\n').filter((one) => one.startsWith('  EUR'));
    const cells = line!.trim().split(/ {2,}/).slice(3).map((cell) => (cell === '·' ? 0n : toUnits(cell.replaceAll(',', ''))));
    expect(cells).toHaveLength(5);
    expect(cells.slice(0, -1).reduce((total, one) => total + one, 0n)).toBe(cells.at(-1));
  }));
});

const EMPTY: Report = {
  version: 1, date: null, generated_at: '2026-02-01T00:00:00Z', proof: null, actions: [], conflicts: { items: [], more: 0 }, rejects: { items: [], more: 0 }, republished: { items: [], more: 0 },
  verdict: { verdict: 'reconciled', headline: 'The money ties out.', reason: '', reconciled_at: null, errors: 0, warnings: 0, posting_runs_since: 0 },
  ledger: { booking_date: null, control_totals: [], late: { totals: [], payments: { items: [], more: 0 } }, booking_days: { items: [], more: 0 }, posting_runs: { items: [], more: 0 } },
  breaks: { by_type: [], list: { items: [], more: 0 } },
};

/** Control totals in EUR of two digits, one posting a kind. */
function totalsOf(currency: string, postings: number, kinds: readonly (readonly [string, string])[] = []): CurrencyTotals {
  return { currency, postings, gross: '1.00', net: '1.00', kinds: kinds.map(([kind, net]) => ({ kind, postings: 1, gross: net.replace('-', ''), net })) };
}
const withTotals = (control_totals: readonly CurrencyTotals[]) => renderShort({ ...EMPTY, ledger: { ...EMPTY.ledger, control_totals } });

test('a reversal counts with what it reverses', () => {
  const kinds = [['payment', '100.00'], ['refund', '-5.00'], ['refund_reversal', '2.00'], ['chargeback', '-7.00'], ['chargeback_reversal', '3.00'], ['second_chargeback', '-1.00'], ['fee', '-0.10'], ['payout', '-9.00']] as const;
  expect(lineOf(withTotals([totalsOf('EUR', 8, kinds)]), /^ {2}EUR/)).toMatch(/ 100\.00 +-3\.00 +-5\.00 +-9\.10 +1\.00$/);
});

test('currencies with most postings, and those with most copies, come first', () => {
  expect(withTotals([totalsOf('AUD', 1), totalsOf('USD', 30), totalsOf('EUR', 200)]).match(/^ {2}[A-Z]{3}(?= )/gm)).toEqual(['  EUR', '  USD', '  AUD']);
  const copies = [1, 30, 200].map((messages, place) => ({ currency: ['AUD', 'USD', 'EUR'][place]!, messages, gross: '1.00', net: '1.00' }));
  const proof = { reconciliation: 1, reconciled_at: '2026-02-01T00:00:00Z', published_from: null, posting_run: 1, messages_published: 0, dispositions: [], currencies: [], money_unreadable: [], duplicates_kept_out: copies };
  expect(renderShort({ ...EMPTY, proof }).match(/^ {2}[A-Z]{3}(?= )/gm)).toEqual(['  EUR', '  USD', '  AUD']);
});

test('amounts are ordered by what is usual in their currency; the unknown come last', () => {
  const totals = [{ currency: 'EUR', postings: 10, gross: '500.00', net: '500.00', kinds: [] }, { currency: 'JPY', postings: 10, gross: '80000', net: '80000', kinds: [] }];
  const items = [{ amount: null, currency: 'EUR' }, { amount: '5000', currency: 'JPY' }, { amount: '7.00', currency: 'USD' }, { amount: '400.00', currency: 'EUR' }, { amount: '30.00', currency: 'EUR' }];
  expect(largestFirst(items, totals).map(({ amount, currency }) => `${amount} ${currency}`)).toEqual(['400.00 EUR', '5000 JPY', '30.00 EUR', 'null EUR', '7.00 USD']);
});
