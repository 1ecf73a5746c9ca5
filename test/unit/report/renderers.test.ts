import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { CSV_COLUMNS, renderCsv } from '../../../functions/reconciliation/report/csv.ts';
import { JSON_KEYS, renderJson } from '../../../functions/reconciliation/report/json.ts';
import { REPORT_FORMATS, renderReport } from '../../../functions/reconciliation/report/render.ts';
import { buildReport, type Report } from '../../../functions/reconciliation/report/report.ts';
import { renderText } from '../../../functions/reconciliation/report/text.ts';
import { renderHtml } from '../../../functions/reconciliation/report/html.ts';
import { at, openTestBooks, type TestBooks } from './books-fixture.ts';
import { NASTY_ID, sampleBooks } from './sample.ts';

const NOW = at('2026-02-01T00:00:00Z');

let books: TestBooks;
let report: Report;
let empty: Report;
beforeAll(async () => {
  books = await sampleBooks();
  report = await buildReport(books, { date: null, now: NOW });
  const nothing = await openTestBooks();
  empty = await buildReport(nothing, { date: null, now: NOW });
  nothing.close();
});
afterAll(() => books.close());

describe.each(REPORT_FORMATS)('%s', (format) => {
  it('is what its name says', () => {
    const start = { text: 'Payments report, ', html: '<!DOCTYPE html>', json: '{\n  "version": 1,', csv: 'section,booking_date,' }[format];
    expect(renderReport(report, format).startsWith(start)).toBe(true);
  });
  it('gives the same bytes for the same books', async () => {
    const again = await buildReport(books, { date: null, now: NOW });
    expect(renderReport(again, format)).toBe(renderReport(report, format));
  });
  it('holds no personal data', () => expect(renderReport(report, format)).not.toMatch(/customer-(secret|other)/));
  it('says that nothing is proven where nothing is there', () => expect(renderReport(empty, format)).toContain('Nothing is proven yet.'));
  it('ends with a line end, once', () => expect(renderReport(report, format)).toMatch(/[^\n\r](\r\n|\n)$/));
});

describe('text', () => {
  it('answers on the first screen: does it tie out, where not, what to do', () => {
    const screen = renderText(report).split('\n').slice(0, 30).join('\n');
    expect(screen).toContain('BREAKS: The money does not tie out in JPY.');
    expect(screen).toMatch(/JPY +4,000 +1,500 +0 +2,500 +NO/);
    expect(screen).toMatch(/EUR +10,000,000,000,044\.50 +10,000,000,000,020\.50 +24\.00 +0\.00 +yes/);
    expect(screen).toContain('Not in these figures: 2 messages in which no amount in a currency can be read (rejected 2).');
    expect(screen).toContain('2. error: 1 break: Published, but never processed. Publish the message again.');
  });
  it('fits 100 columns, and lets no control through', () => {
    const text = renderText(report);
    expect(Math.max(...text.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(100);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
  it('reads in the order of finance: the answer, what to do, the books, the messages, what is open, how it came about', () => {
    expect(sections(renderText(report)).map((section) => section.split('\n')[0])).toEqual([
      'Payments report, all booking days', 'Does the money tie out?', 'What to do', 'The ledger: control totals, all booking days',
      'What was done with every message (13 published)', 'Money that duplicates would have counted twice', 'Breaks by type and age', 'Open conflicts, field by field',
      'Rejected messages by fault', 'Breaks, one by one', 'The ledger: late payments', 'The ledger: booking days', 'The ledger: posting runs', 'The proof, currency by currency',
    ]);
  });
  it('keeps the money of all currencies in one table, be one of them 10^15', () => {
    const wide = withPublished(report, '99999999999999999.999');
    expect(renderText(wide)).toMatch(/EUR +99,999,999,999,999,999\.999 +99,999,999,999,999,999\.999 /);
    expect(renderText(wide)).not.toMatch(/^ +published +99/m);
  });
  it('leaves steps without a message out of the proof', () => {
    const proof = sections(renderText(report)).at(-1)!;
    expect(/ {2}JPY[^]*/.exec(proof)![0].trimEnd().split('\n').slice(2).map((line) => line.trim().split(/ {2,}/)[0])).toEqual(['published', '− posted', '= missing', 'difference (must be 0)']);
  });
  it('colours the verdict only when asked', () => {
    expect(renderText(report, { color: true })).toContain('\u001b[1;31mBREAKS\u001b[0m');
    expect(renderText(report, { color: true }).replaceAll(/\u001b\[[0-9;]+m/g, '')).toBe(renderText(report));
  });
  it('says that a day is over', async () => {
    const day = await buildReport(books, { date: '2026-01-30', now: NOW });
    expect(renderText(day)).toContain('Booking day 2026-01-30 is over (closed by posting run 2): its figures never change.');
  });
});

describe('csv', () => {
  type Line = Record<string, string>;
  const lines = () => parse(renderCsv(report), { columns: true, record_delimiter: '\r\n' }) as Line[];
  const ofSection = (section: string) => lines().filter((line) => line.section === section);

  it('has its columns on every line', () => expect(Object.keys(lines()[0]!)).toEqual(CSV_COLUMNS));
  it('has one row for each currency and kind of the ledger, signed and without separators', () => {
    expect(ofSection('control_total').map(({ currency, kind, count, gross, net }) => [currency, kind, count, gross, net])).toEqual([
      ['BHD', 'payment', '1', '1.234', '1.234'],
      ['EUR', 'payment', '3', '10000000000017.50', '10000000000017.50'],
      ['EUR', 'refund', '1', '3.00', '-3.00'],
      ['JPY', 'payment', '1', '1500', '1500'],
    ]);
  });
  it('has the proof by currency and disposition; what is unknown has no money', () => {
    expect(ofSection('proof').filter(({ currency }) => currency === 'JPY').map(({ disposition, count, gross }) => [disposition, count, gross])).toEqual([
      ['published', '2', '4000'], ['posted', '1', '1500'], ['duplicate', '0', '0'], ['conflict', '0', '0'], ['pending', '0', '0'], ['rejected', '0', '0'], ['missing', '1', '2500'], ['difference', '0', '0'],
    ]);
    expect(ofSection('proof').at(-1)).toMatchObject({ currency: '', disposition: 'rejected', count: '2', gross: '' });
  });
  it('has one row for each break, and disarms formulas', () => {
    expect(ofSection('break').map(({ break_id, amount, age_days }) => [break_id, amount, age_days])).toEqual([
      ['conflict_open:1', '12.00', '32'], ['missing_message:1', '2500', '0'], ['rejected_unresolved:0', '', '11'], ['rejected_unresolved:1', '', '10'], ['rejected_unresolved:2', '', '9'],
    ]);
    expect(ofSection('break').at(-1)!.transaction_id).toBe(`'${NASTY_ID}`);
  });
  it('writes a negative amount bare and a text that looks like one disarmed', () => {
    expect(renderCsv(report)).toContain(',3.00,-3.00,');
    const sameText = { ...report, breaks: { ...report.breaks, list: { items: [{ ...report.breaks.list.items[0]!, transaction_id: '-3.00' }], more: 4 } } };
    expect(renderCsv(sameText)).toContain(`,"'-3.00",`);
    expect(renderCsv(sameText)).toMatch(/"not_listed",,,,,4,/);
  });
});

describe('json', () => {
  it('holds the whole report, money as text', () => {
    expect(JSON.parse(renderJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
    expect(renderJson(report)).toContain('"gross": "10000000000020.50"');
  });
  it('writes keys in one order, however the report was put together', () => {
    expect(renderJson(reversed(report) as Report)).toBe(renderJson(report));
    expect(new Set(JSON_KEYS).size).toBe(JSON_KEYS.length);
  });
  it('writes nothing that it was not told to write', () => {
    const verdict = { ...report.verdict, customer_id: 'secret' };
    expect(renderJson({ ...report, verdict })).toBe(renderJson(report));
  });
});

/** The report with other money in EUR, published and posted. */
function withPublished(report: Report, gross: string): Report {
  const proof = report.proof!;
  const currencies = proof.currencies.map((line) => (line.currency === 'EUR' ? { ...line, published: { ...line.published, gross }, posted: { ...line.posted, gross } } : line));
  return { ...report, proof: { ...proof, currencies } };
}

/** The parts of a text, each from its heading on. */
function sections(text: string): string[] {
  return text.split(/\n(?=[^\n]+\n=+\n)/);
}

/** The same value with the keys of all objects the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)]));
}

test('the ledger part of a day that is over is the same bytes in every format', async () => {
  const parts = async (now: string) => {
    const day = await buildReport(books, { date: '2026-01-30', now: at(now) });
    return {
      text: sections(renderText(day)).filter((section) => section.startsWith('The ledger: ')),
      html: renderHtml(day).match(/<section id="(totals|ledger)"[^]*?<\/section>/g),
      json: JSON.stringify(JSON.parse(renderJson(day)).ledger),
      csv: renderCsv(day).split('\r\n').filter((line) => line.startsWith('"control_total"')).join('\n'),
    };
  };
  const first = await parts('2026-02-01T00:00:00Z');
  expect(first.text.map((section) => section.split('\n')[0])).toEqual(['The ledger: control totals, booking day 2026-01-30', 'The ledger: booking days', 'The ledger: posting runs']);
  expect(first.html).toHaveLength(2);
  await books.run("INSERT INTO reconciliation_runs SELECT reconciliation_runs.* REPLACE (9 AS reconciliation) FROM reconciliation_runs WHERE reconciliation = 2");
  expect(first.csv).toContain('10000000000010.50');
  expect(await parts('2026-05-01T00:00:00Z')).toEqual(first);
  await books.run('DELETE FROM reconciliation_runs WHERE reconciliation = 9');
});
