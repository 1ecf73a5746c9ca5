import type { Books } from '../../ports.ts';
import { formatMicros, type Micros, parseRfc3339 } from '../../payment/time.ts';
import { readBreaks, type BreaksPart } from './breaks-part.ts';
import { nextActions, type Action } from './actions.ts';
import { readConflicts, type Conflict } from './conflicts-part.ts';
import type { Listed } from './listed.ts';
import { readLedger, type LedgerPart } from './ledger-part.ts';
import { readProof, type ProofPart } from './proof-part.ts';
import { readRejects, type RejectGroup } from './rejects-part.ts';
import { type Republished, readRepublished } from './republished-part.ts';
import { countOf } from './rows.ts';
import { readVerdict, type ReportVerdict } from './verdict-part.ts';

/**
 * Everything that a report says, ready to be rendered. Times are RFC 3339 in UTC, money is decimal strings in major units.
 * Never in it: customers, payloads, or what was found in a field that may hold personal data.
 */
export interface Report {
  readonly version: 1;
  /** The booking date that `ledger` is about; null: all of them. The proof never is about one day of bookings. */
  readonly date: string | null;
  readonly generated_at: string;
  readonly verdict: ReportVerdict;
  readonly actions: readonly Action[];
  /** The books. For a booking date that is over this is the same whenever it is asked for. */
  readonly ledger: LedgerPart;
  /** The last reconciliation; null where none has run. */
  readonly proof: ProofPart | null;
  readonly breaks: BreaksPart;
  readonly conflicts: Listed<Conflict>;
  readonly rejects: Listed<RejectGroup>;
  /** Missing messages that were published again by themselves. */
  readonly republished: Listed<Republished>;
}

export interface ReportOptions {
  /** Booking date `YYYY-MM-DD`; null: everything. */
  readonly date: string | null;
  /** Breaks age up to here. */
  readonly now: Micros;
}

/**
 * Reads a report from the last reconciliation and the ledger. Everything is read up to one posting run and from one
 * reconciliation, so that work going on meanwhile can't make two parts of it disagree.
 * Throws RangeError where `date` is no day of the calendar, written `YYYY-MM-DD`.
 */
export async function buildReport(books: Books, options: ReportOptions): Promise<Report> {
  if (options.date !== null && !isDate(options.date)) throw new RangeError(`a booking date is a day of the calendar, written YYYY-MM-DD, not ${options.date}`);
  const { reconciliation, last_run, runs_since } = await readLastReconciliation(books);
  const ledger = await readLedger(books, options.date, last_run);
  const proof = reconciliation === null ? null : await readProof(books, reconciliation);
  const breaks = await readBreaks(books, proof?.reconciliation ?? NO_RECONCILIATION, options.now);
  const verdict = readVerdict(reconciliation, proof, runs_since);
  return {
    version: 1,
    date: options.date,
    generated_at: formatMicros(options.now),
    verdict,
    actions: nextActions(verdict, breaks),
    ledger,
    proof,
    breaks,
    conflicts: await readConflicts(books, proof?.reconciliation ?? NO_RECONCILIATION, breaks, options.now),
    rejects: await readRejects(books, proof?.reconciliation ?? NO_RECONCILIATION),
    republished: await readRepublished(books, proof?.reconciliation ?? NO_RECONCILIATION, options.now),
  };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseRfc3339(`${text}T00:00:00Z`) !== null;
}

/** Reconciliations are numbered from 1: this one has no rows. */
const NO_RECONCILIATION = 0;

async function readLastReconciliation(books: Books) {
  const reconciliation = (await books.query('jobs/report/last-reconciliation.sql'))[0] ?? null;
  const proven_run = reconciliation === null ? 0 : countOf(reconciliation, 'posting_run');
  const last = (await books.query('jobs/report/last-posting-run.sql', { proven_run }))[0]!;
  return { reconciliation, last_run: countOf(last, 'run'), runs_since: countOf(last, 'runs_since') };
}
