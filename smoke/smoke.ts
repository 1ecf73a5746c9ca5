import { EXIT, Failure } from '../functions/failure.ts';
import type { Terminal } from '../functions/local/terminal.ts';
import { MICROS_PER_SECOND } from '../functions/payment/time.ts';
import { askChecks } from './checks/ask-checks.ts';
import { CHECKS } from './checks/all.ts';
import { followPayments } from './follow-payments.ts';
import { reach } from './google/find-stack.ts';
import type { Stack } from './google/stack.ts';
import { refuseLiveBooks } from './refuse-live-books.ts';
import type { SmokeResult } from './result.ts';
import { smokeSql } from './sql-file.ts';
import { planTraffic } from './traffic/plan.ts';

export interface Smoke {
  /** Unique, of small letters and digits. */
  readonly run: string;
  readonly payments: number;
  readonly seed: number;
  /** Milliseconds that one wait may take. */
  readonly most: number;
  readonly into_live_books: boolean;
}

/** Publishes to a stack and follows what it published; then asks the checks, whatever came of it. Throws `Failure` before anything is published where it must not be. */
export async function smoke(stack: Stack, { run, payments, seed, most, into_live_books }: Smoke, terminal: Terminal): Promise<SmokeResult> {
  const { place, books, on_emulators } = stack;
  const began = Number((await reach('the books', place.project, () => books.query(smokeSql('now'))))[0].now);
  await requireJobs(stack);
  await reach('the ledger', place.project, () => refuseLiveBooks(books, into_live_books));
  // A second before now by the clock of the books: never ahead of a function's.
  const traffic = planTraffic({ run, payments, seed, now: began - MICROS_PER_SECOND });
  const followed = await followPayments({ stack, traffic, began, most, progress: (text) => terminal.progress(text) }, run);
  const checks = await askChecks(CHECKS, { ...stack, place, run, began }, on_emulators, (name) => terminal.progress(`checking ${name}`));
  return { run, project: place.project, on_emulators, messages: followed.messages, payments: traffic.rows.length, results: [...followed.results, ...checks], notes: followed.notes };
}

/** Throws `Failure` where nobody could start a posting: exit 3 where the scheduler can't be asked, exit 2 where it has no job. */
async function requireJobs({ jobs, place: { project, region } }: Stack): Promise<void> {
  const states = await reach(`the jobs in ${region}`, project, () => jobs.list());
  if (states.length === 0) throw new Failure(EXIT.usage, `Cloud Scheduler has no job in ${region} of ${project}.`, 'Name the region of the stack with --region.');
}
