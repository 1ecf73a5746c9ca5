import { join } from 'node:path';
import type { ReconciliationResult } from '../../reconciliation/reconcile.ts';
import { renderReport } from '../../reconciliation/report/render.ts';
import type { Report } from '../../reconciliation/report/report.ts';
import { type CommonOptions, inDirectory } from '../commands/command.ts';
import { reconcileDirectory } from '../commands/reconcile.ts';
import { readReport, writeReport } from '../commands/report.ts';
import { ingestAll, lookBeforeMaking } from '../ingest/ingest-all.ts';
import type { IngestSummary } from '../ingest/ingest-file.ts';
import { resolveSettings } from '../settings.ts';
import type { Terminal } from '../terminal.ts';
import { type Verified, verifyDirectory } from '../verify.ts';
import { showingTime } from './showing-time.ts';

/** What the whole job came to. */
export interface WholeJob {
  readonly sources: readonly IngestSummary[];
  /** Deliveries that were read this time. */
  readonly messages: number;
  /** From the first line read to the proof, in seconds. */
  readonly seconds: number;
  readonly result: ReconciliationResult;
  /** Checks and facts of the answer key; null where there is no key. */
  readonly verified: readonly Verified[] | null;
  readonly report: Report;
  /** Where the page is. */
  readonly page: string;
}

/** Files → ledger → reconciliation → report, in the data directory of the options; compared with an answer key where there is one. */
export async function doWholeJob(files: readonly string[], answerKey: string | null, options: CommonOptions, terminal: Terminal): Promise<WholeJob> {
  await lookBeforeMaking(options.dataDir, files, {}, () => resolveSettings(options, new Map()).settings);
  const started = performance.now();
  const done = await inDirectory(options, async (directory) => {
    const sources = await ingestAll(directory, files, {}, terminal);
    const result = await showingTime(terminal, 'Reconciling', () => reconcileDirectory(directory, null));
    const seconds = (performance.now() - started) / 1_000;
    const verified = answerKey === null ? null : await showingTime(terminal, 'Comparing with the answer key', () => verifyDirectory(directory, answerKey));
    return { sources, result, seconds, verified };
  });
  const report = await showingTime(terminal, 'Writing the report', () => readReport(options.dataDir, null));
  const page = join(options.dataDir, 'report.html');
  await writeReport(page, renderReport(report, 'html'));
  terminal.endProgress();
  return { ...done, messages: done.sources.reduce((sum, one) => sum + one.messages, 0), report, page };
}
