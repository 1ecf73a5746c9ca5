import { expect, test } from 'vitest';
import { POSTING, post } from '../../functions/ledger/post.ts';
import type { Books, SqlParameters } from '../../functions/ports.ts';

const posting = (change: SqlParameters = {}): SqlParameters => ({
  attempt: 'attempt-1', kind: 'post', from_time: { timestamp: 0 }, cut: { timestamp: 1_767_225_600_000_000 }, today: { date: '2025-12-31' }, posted_at: { timestamp: 1_767_225_600_000_000 }, earliest_line: { timestamp: 0 }, orphan_grace: 3_600_000_000n, ...change,
});

/** What the books on every engine must do. `open` gives empty ones with a posting head. */
export function booksContract(open: () => Promise<{ books: Books; close: () => void }>): void {
  test('values come back as they were given: times to the microsecond, text of any kind, truth, numbers', async () => {
    const { books, close } = await open();
    const text = "it's \\ \"right\"\n漢字 \u{1f4b6}";
    const given = { is_behind: true, missing_before: { timestamp: 1_767_225_600_000_001 }, ahead_after: { timestamp: -62_135_596_800_000_000 }, first_digits: text, last_digits: '' };
    expect(await books.query('jobs/reconcile/bounds.sql', given)).toEqual([{ is_behind: true, missing_before: 1_767_225_600_000_001, ahead_after: -62_135_596_800_000_000, first_digits: text, last_digits: '' }]);
    expect(await books.query('jobs/post/last-cut.sql', { kind: 'post' })).toEqual([{ cut: null }]);
    close();
  });

  test('a transaction that fails leaves nothing: not even the head is taken', async () => {
    const { books, close } = await open();
    await expect(books.transaction(POSTING, posting({ kind: null }))).rejects.toThrow();
    expect(await books.query('jobs/post/run-of-attempt.sql', { attempt: 'attempt-1' })).toEqual([]);
    expect(await post(books, { next: () => 'attempt-2' }, { kind: 'post', cut: 1_767_225_600_000_000, orphan_grace: 1 })).toEqual({ run: 1, rows_posted: 0, booking_date: '2025-12-31' });
    close();
  });

  test('a posting that is run again is just another run', async () => {
    const { books, close } = await open();
    for (const run of [1, 2]) expect(await post(books, { next: () => `attempt-${run}` }, { kind: 'post', cut: 1_767_225_600_000_000, orphan_grace: 1 })).toEqual({ run, rows_posted: 0, booking_date: '2025-12-31' });
    close();
  });

  test('what a run keeps is read by its next statements, added to, and forgotten', async () => {
    const { books, close } = await open();
    const bounds = { is_behind: true, missing_before: { timestamp: 0 }, ahead_after: { timestamp: 0 }, first_digits: '00', last_digits: 'ff' };
    await books.materialise('reconcile_published', 'jobs/reconcile/bounds.sql', bounds);
    const count = async () => (await books.query('jobs/reconcile/count-published.sql'))[0].messages;
    expect(await count()).toBe(1n);
    await books.materialise('reconcile_published', 'jobs/reconcile/bounds.sql', bounds, 'add');
    expect(await count()).toBe(2n);
    await books.materialise('reconcile_published', 'jobs/reconcile/bounds.sql', bounds);
    expect(await count()).toBe(1n);
    await books.forget('reconcile_published');
    await expect(count()).rejects.toThrow();
    await books.forget('reconcile_published');
    close();
  });

  test('a parameter that is missing is an error that names it', async () => {
    const { books, close } = await open();
    await expect((async () => books.query('jobs/post/last-cut.sql', {}))()).rejects.toThrow('jobs/post/last-cut.sql needs the parameter @kind');
    close();
  });
}
