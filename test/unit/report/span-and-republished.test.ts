import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_REPUBLISHED_IN_TEXT, MAX_REPUBLISHED_LISTED } from '../../../functions/reconciliation/report/bounds.ts';
import { renderReport } from '../../../functions/reconciliation/report/render.ts';
import { buildReport, type Report } from '../../../functions/reconciliation/report/report.ts';
import { renderShort } from '../../../functions/reconciliation/report/short.ts';
import { MAX_REPUBLISHED, MAX_TIMES_REPUBLISHED, REPUBLISH_AGAIN_AFTER } from '../../../functions/reconciliation/republish-missing.ts';
import { readDocument } from '../../docs/markdown.ts';
import { at, bytesOf, insertBreak, insertReconciliation, openTestBooks, type TestBooks } from './books-fixture.ts';

const NOW = at('2026-02-10T00:00:00Z');
let books: TestBooks;
beforeEach(async () => void (books = await openTestBooks()));
afterEach(() => books.close());

const report = (): Promise<Report> => buildReport(books, { date: null, now: NOW });
const reconciled = (published_from?: string) => insertReconciliation(books, { reconciliation: 4, reconciled_at: '2026-02-09T23:00:00Z', posting_run: 0, verdict: 'reconciled', published_from, messages: { published: 1, posted: 1 } });
const rendered = async (format: 'text' | 'html' | 'json' | 'csv' | 'short') => {
  const built = await report();
  return format === 'short' ? renderShort(built) : renderReport(built, format);
};

describe('which messages were compared', () => {
  const SPAN = 'messages published from 2026-02-08 00:00:00 UTC on; breaks found before are carried over.';
  test.each(['text', 'html', 'csv', 'short'] as const)('%s says it', async (format) => {
    await reconciled('2026-02-08T00:00:00Z');
    expect((await rendered(format)).replace(/\s+/g, ' ')).toContain(`Compared: ${SPAN}`);
  });

  test('JSON says it', async () => {
    await reconciled('2026-02-08T00:00:00Z');
    expect(JSON.parse(await rendered('json')).proof.published_from).toBe('2026-02-08T00:00:00Z');
  });

  test.each(['text', 'html', 'json', 'csv', 'short'] as const)('all of them: %s speaks of no span', async (format) => {
    await reconciled();
    const text = await rendered(format);
    expect(text).not.toContain('published from');
    if (format === 'text' || format === 'html') expect(text.replace(/\s+/g, ' ')).toContain('Compared: all messages, all days.');
    if (format === 'json') expect(JSON.parse(text).proof.published_from).toBe(null);
  });
});

async function republished(message_id: string, time: string): Promise<void> {
  await books.insert('audit_log', { effective_at: { timestamp: at(time) }, recorded_at: { timestamp: at(time) }, actor: 'reconciliation', action: 'republished', message_id, data_sha256: bytesOf(message_id), reason: 'In no journal line.' });
}

describe('messages that were published again', () => {
  test('are listed: what is missing still first, then the latest, each once', async () => {
    await reconciled();
    await insertBreak(books, 4, { break_id: 'missing_message:1', break_type: 'missing_message', severity: 'error', message_id: 'm-still' });
    await insertBreak(books, 3, { break_id: 'missing_message:2', break_type: 'missing_message', severity: 'error', message_id: 'm-new' });
    await republished('m-old', '2026-02-02T23:59:59Z');
    await republished('m-first', '2026-02-03T00:00:00Z');
    await republished('m-new', '2026-02-09T01:00:00Z');
    await republished('m-still', '2026-02-01T00:00:00Z');
    await republished('m-still', '2026-02-08T00:00:00Z');
    expect((await report()).republished).toEqual({
      items: [
        { message_id: 'm-still', republished_at: '2026-02-08T00:00:00Z', times: 2, is_missing: true },
        { message_id: 'm-new', republished_at: '2026-02-09T01:00:00Z', times: 1, is_missing: false },
        { message_id: 'm-first', republished_at: '2026-02-03T00:00:00Z', times: 1, is_missing: false },
      ],
      more: 0,
    });
  });

  test('stand in text, HTML and JSON', async () => {
    await reconciled();
    await insertBreak(books, 4, { break_id: 'missing_message:1', break_type: 'missing_message', severity: 'error', message_id: 'm-still' });
    await republished('m-still', '2026-02-08T00:00:00Z');
    await republished('<m>', '2026-02-09T00:00:00Z');
    const text = await rendered('text');
    expect(text).toContain('Published again: 2 missing messages\n===================================');
    expect(text).toMatch(/m-still +2026-02-08 00:00:00 UTC +1 +still missing\n.*<m> +2026-02-09 00:00:00 UTC +1 +not missing any more/);
    const html = await rendered('html');
    expect(html).toContain('<h2 id="republished-title">Published again: 2 missing messages</h2>');
    expect(html).toContain('&lt;m&gt;');
    expect(JSON.parse(await rendered('json')).republished).toEqual((await report()).republished);
  });

  test('are counted on where the list is cut', async () => {
    await reconciled();
    for (let number = 0; number < MAX_REPUBLISHED_LISTED + 3; number++) await republished(`m-${number}`, '2026-02-09T00:00:00Z');
    const { items, more } = (await report()).republished;
    expect([items.length, more]).toEqual([MAX_REPUBLISHED_LISTED, 3]);
    expect(await rendered('text')).toContain(`And ${MAX_REPUBLISHED_LISTED + 3 - MAX_REPUBLISHED_IN_TEXT} more messages.`);
    expect(await rendered('html')).toContain(`Published again: ${MAX_REPUBLISHED_LISTED + 3} missing messages`);
  });

  test('where there are none, nothing is said', async () => {
    await reconciled();
    for (const format of ['text', 'html'] as const) expect(await rendered(format)).not.toContain('Published again');
  });

  test('docs/breaks.md says how many, when again, and how often', () => {
    const words = ['', 'once', 'twice', 'three times'];
    const hours = REPUBLISH_AGAIN_AFTER / 3_600_000_000;
    expect(readDocument('docs/breaks.md').replace(/\s+/g, ' ')).toContain(`at most ${MAX_REPUBLISHED} in a run, the oldest first, each again after ${hours} hours, and ${words[MAX_TIMES_REPUBLISHED]} in all`);
  });
});
