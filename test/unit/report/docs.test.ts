import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { grouped } from '../../../functions/figures.ts';
import * as bounds from '../../../functions/reconciliation/report/bounds.ts';
import { CSV_COLUMNS, renderCsv } from '../../../functions/reconciliation/report/csv.ts';
import { buildReport } from '../../../functions/reconciliation/report/report.ts';
import { VERDICTS } from '../../../functions/reconciliation/report/verdict-part.ts';
import { DISPOSITIONS } from '../../../functions/reconciliation/report/words.ts';
import { at } from './books-fixture.ts';
import { sampleBooks } from './sample.ts';

const DOCS = readFileSync(new URL('../../../docs/report.md', import.meta.url), 'utf8');
const SECTIONS = [...DOCS.matchAll(/^\| `(\w+)` \|[^|]*\| ([^|]*) \|$/gm)].map(([, section, columns]) => ({ section: section!, columns: columns! }));

it('names every verdict and disposition', () => {
  for (const verdict of VERDICTS) expect(DOCS).toContain(`*${verdict}*`);
  for (const disposition of DISPOSITIONS) expect(DOCS).toMatch(new RegExp(`exactly one of:.*\\b${disposition}\\b`));
});

it('says which columns each section of the CSV fills, and no other', async () => {
  const books = await sampleBooks();
  const report = await buildReport(books, { date: '2026-01-30', now: at('2026-02-01T00:00:00Z') });
  books.close();
  const cut = { ...report, breaks: { ...report.breaks, list: { ...report.breaks.list, more: 1 } } };
  const lines = parse(renderCsv(cut), { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[];
  expect(SECTIONS.map(({ section }) => section)).toEqual([...new Set(lines.map((line) => line.section))]);
  for (const { section, columns } of SECTIONS) {
    const filled = CSV_COLUMNS.filter((column) => column !== 'section' && lines.some((line) => line.section === section && line[column] !== ''));
    expect(columns.replaceAll(/ \([^)]*\)/g, '').split('; ')[0]!.split(', ').sort(), section).toEqual(filled.sort());
  }
});

it('gives the bounds of the lists as they are', () => {
  const row = (list: string, ...most: number[]) => expect(DOCS).toContain(`| ${list} | ${most.map(grouped).join(' | ')} |`);
  row('breaks', bounds.MAX_BREAKS, bounds.MAX_BREAKS_IN_HTML, bounds.MAX_BREAKS_IN_TEXT);
  row('conflicts', bounds.MAX_CONFLICTS, bounds.MAX_CONFLICTS, bounds.MAX_CONFLICTS_IN_TEXT);
  row('fault codes', bounds.MAX_FAULT_CODES, bounds.MAX_FAULT_CODES, bounds.MAX_FAULT_CODES_IN_TEXT);
  row('late payments', bounds.MAX_LATE_PAYMENTS, bounds.MAX_LATE_PAYMENTS, bounds.MAX_LATE_PAYMENTS_IN_TEXT);
  row('published again', bounds.MAX_REPUBLISHED_LISTED, bounds.MAX_REPUBLISHED_LISTED, bounds.MAX_REPUBLISHED_IN_TEXT);
  row('booking days', bounds.MAX_BOOKING_DAYS, bounds.MAX_BOOKING_DAYS, bounds.MAX_BOOKING_DAYS_IN_TEXT);
  const short = (list: string, most: number) => expect(DOCS).toContain(`| ${list} | ${most} |`);
  short('currencies of the ledger, those with most postings', bounds.SHORT_CURRENCIES);
  short('currencies that do not tie out', bounds.SHORT_DIFFERENCES);
  short('currencies with duplicates, those with most copies', bounds.SHORT_DUPLICATES);
  short('kinds of breaks, the gravest', bounds.SHORT_BREAK_TYPES);
  short('conflicts, the largest', bounds.SHORT_CONFLICTS);
  short('reasons of rejection, the commonest', bounds.SHORT_REJECTS);
  row('posting runs', bounds.MAX_POSTING_RUNS, bounds.MAX_POSTING_RUNS, bounds.MAX_POSTING_RUNS_IN_TEXT);
});
