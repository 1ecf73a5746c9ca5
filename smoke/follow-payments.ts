import { createHash } from 'node:crypto';
import { judgeJournal, judgeVisible } from './facts/judge-journal.ts';
import { judgeLedger, judgeLive } from './facts/judge-ledger.ts';
import { judgeArchive, judgeDispositions, judgeRejected } from './facts/judge-messages.ts';
import { judgeReconciliation } from './facts/judge-reconciliation.ts';
import { judgeRuns, judgeTotals, judgeWhole } from './facts/judge-totals.ts';
import type { Line } from './facts/lines.ts';
import { DEAD_LETTERS_LOOKED_AT } from './limits.ts';
import { type Record, record } from './record.ts';
import { type Result, wrong } from './result.ts';
import { smokeSql } from './sql-file.ts';
import { type Around, spanOf } from './steps/around.ts';
import { checkBooks, isIdItsIdentity } from './steps/books.ts';
import { closeOpenOnes } from './steps/close.ts';
import { readLines, untilJournaled } from './steps/journal.ts';
import { untilRight, waitedFor } from './steps/look.ts';
import { postTwoAtOnce } from './steps/post.ts';
import { publishWave } from './steps/publish.ts';
import { reconcileAfter } from './steps/reconcile.ts';
import type { Published } from './traffic/sent.ts';
import { faultText } from './wait.ts';

/** What following the payments came to. */
export interface Followed {
  readonly results: readonly Result[];
  readonly messages: number;
  readonly notes: readonly string[];
}

/**
 * The way of the payments: published → journal → live view, archive → two postings at once → ledger → reconciliation → books. What comes
 * after a wait that was in vain is not asked. Rejects only where the first messages could not be published.
 */
export async function followPayments(around: Around, run: string): Promise<Followed> {
  const facts = record();
  const [first, second] = around.traffic.waves;
  const seen = new Map<string, Line>();
  around.progress(`publishing ${first.length + second.length} messages`);
  let published: readonly Published[] = await publishWave(around.stack, first);
  if (!(await journaled(around, facts, published, seen))) return end(around, facts, published, run, 'the journal has no line of each message');
  try {
    published = [...published, ...(await publishWave(around.stack, second))];
  } catch (error) {
    facts.take('journal-lines', wrong(`copies could not be published (${faultText(error)})`));
    return end(around, facts, published, run, 'not every message was published');
  }
  if (!(await journaled(around, facts, published, seen))) return end(around, facts, published, run, 'the journal has no line of each message');
  facts.take('rows-visible', judgeVisible([...seen.values()]));
  await facts.look('live-view', () => untilRight(around, 'the live view', async () => judgeLive(around.traffic, await query(around, 'live', published))));
  let is_archived = false;
  await facts.look('archive', async () => {
    const finding = await untilRight(around, 'the raw archive', async () => judgeArchive(published, await query(around, 'archived', published)));
    is_archived = finding.ok;
    return finding;
  });
  const posting_run = await posted(around, facts, published);
  if (posting_run === null) return end(around, facts, published, run, 'not every payment was posted');
  await rejected(around, facts, published);
  if (!is_archived) return end(around, facts, published, run, 'the raw archive, with which everything is compared, lacks messages');
  await facts.look('dispositions', () => untilRight(around, 'the dispositions', async () => judgeDispositions(published, await query(around, 'dispositions', published))));
  await facts.look('reconciliation', () => reconciled(around, published, posting_run));
  around.progress('checking the books');
  await facts.look('books', async () => checkBooks(around.stack.books, around.began, await isIdItsIdentity(around.stack.books)));
  return end(around, facts, published, run, '');
}

async function journaled(around: Around, facts: Record, published: readonly Published[], first: Map<string, Line>): Promise<boolean> {
  const waited = await untilJournaled(around, published, first);
  const finding = judgeJournal(published, waited.seen ?? []);
  facts.take('journal-lines', waited.done ? finding : wrong(waitedFor(waited, 'the journal', finding.found)));
  return waited.done;
}

/** Posts, and judges the ledger. The run that posted last; null where not everything was posted in time. */
async function posted(around: Around, facts: Record, published: readonly Published[]): Promise<bigint | null> {
  const { books } = around.stack;
  let posting_run: bigint | null = null;
  await facts.look('two-postings', async () => {
    const { waited, started, run_before } = await postTwoAtOnce(around, published);
    const rows = waited.seen ?? [];
    const finding = judgeLedger(around.traffic, published, rows);
    if (!waited.done) return wrong(waitedFor(waited, `the ledger, with ${started} postings started`, finding.found));
    posting_run = rows.map((row) => row.posting_run as bigint).reduce((last, one) => (one > last ? one : last), 0n);
    await facts.look('control-totals', async () => judgeTotals(around.traffic, await query(around, 'totals', published)));
    await facts.look('posting-runs', async () => judgeRuns((await books.query(smokeSql('posting-runs'), { run: run_before }))[0], run_before, started));
    return finding;
  });
  await facts.look('one-row-a-payment', async () => judgeWhole((await books.query(smokeSql('whole-ledger')))[0], await isIdItsIdentity(books)));
  return posting_run;
}

async function rejected(around: Around, facts: Record, published: readonly Published[]): Promise<void> {
  around.progress('looking for what was rejected');
  await facts.look('rejected-acknowledged', async () => {
    const parked = (await around.stack.deadLetters(DEAD_LETTERS_LOOKED_AT)).map(({ data }) => createHash('sha256').update(data).digest('hex'));
    return judgeRejected(published, await readLines(around, published), parked);
  });
}

async function reconciled(around: Around, published: readonly Published[], posting_run: bigint) {
  const { seen, ...waited } = await reconcileAfter(around, posting_run);
  if (seen === null) return wrong(waitedFor(waited, 'a reconciliation', null));
  const finding = judgeReconciliation(seen, published, await around.stack.books.query(smokeSql('breaks'), { ...spanOf(around, published), reconciliation: seen.reconciliation }));
  return finding.ok ? finding : wrong(`after ${Math.round(waited.seconds)} s, ${finding.found}`);
}

function query(around: Around, name: string, published: readonly Published[]) {
  return around.stack.books.query(smokeSql(name), spanOf(around, published));
}

/** Closes what is open, whatever was found. */
async function end(around: Around, facts: Record, published: readonly Published[], run: string, why: string): Promise<Followed> {
  return { results: facts.results(`not asked: ${why}`), messages: published.length, notes: [await closed(around, published, run)] };
}

async function closed(around: Around, published: readonly Published[], run: string): Promise<string> {
  try {
    const lines = await readLines(around, published);
    const [{ now }] = await around.stack.books.query(smokeSql('now'));
    const ids = await closeOpenOnes(around, published, lines, run, Number(now));
    return ids.length === 0 ? 'No conflict and no reject of this run is in the journal.' : `Decided to reject, so that no break stays open: ${ids.join(', ')}.`;
  } catch (error) {
    return `Conflict and rejects of this run could not be decided on (${faultText(error)}): they become errors after payments:warning_age. See docs/breaks.md.`;
  }
}
