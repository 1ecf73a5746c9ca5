import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { aSecond, counted } from '../../figures.ts';
import { readProgress } from '../../adapters/embedded/checkpoints.ts';
import { fileMessages } from '../../adapters/embedded/file-messages.ts';
import { systemClock } from '../../adapters/embedded/system-clock.ts';
import type { Settings } from '../../config.ts';
import type { DataDirectory } from '../data-directory.ts';
import type { Terminal } from '../terminal.ts';
import { refuseIfAllRejected } from './all-rejected.ts';
import { ingestFile, type IngestSummary } from './ingest-file.ts';
import { keepStandardInput, keptSegments, type Segment } from './standard-input.ts';

export interface IngestAllOptions {
  readonly clock?: 'message' | 'wall';
  readonly source?: string;
  readonly acceptAll?: boolean;
}

const STANDARD_INPUT = '-';

/**
 * Looks at the first file before a data directory is made for it, so that an unusable one leaves nothing behind.
 * Throws `Failure` (exit 3) as `ingestFile` would.
 */
export async function lookBeforeMaking(dataDir: string, files: readonly string[], options: IngestAllOptions, settings: () => Settings): Promise<void> {
  const [path] = files;
  if (path === undefined || path === STANDARD_INPUT || existsSync(join(dataDir, 'ledger.duckdb'))) return;
  const source = options.source ?? basename(path);
  const messages = fileMessages({ path, source, progress: null, clock: null, realClock: systemClock.now(), wall: null });
  if (options.acceptAll) {
    await messages.next(1);
    await messages.close();
  } else await refuseIfAllRejected(messages, source, settings());
}

/** Ingests files one after the other, showing progress; `each` hears of every file that is done. */
export async function ingestAll(directory: DataDirectory, files: readonly string[], options: IngestAllOptions, terminal: Terminal, each: (summary: IngestSummary) => void = () => undefined): Promise<IngestSummary[]> {
  const summaries: IngestSummary[] = [];
  const ingest = async (input: Segment) => {
    const started = performance.now();
    const summary = await ingestFile(directory, {
      ...input,
      clock: options.clock ?? null,
      accept_all: options.acceptAll === true,
      onProgress: ({ messages }) => terminal.progress(`${input.source}: ${counted(messages, 'message')}, ${aSecond(messages, (performance.now() - started) / 1_000)}`),
    });
    terminal.endProgress();
    each(summary);
    summaries.push(summary);
  };
  for (const file of files) {
    if (file === STANDARD_INPUT) await ingestStandardInput(directory, options.source, ingest);
    else await ingest({ path: file, source: options.source ?? basename(file) });
  }
  return summaries;
}

/** What an earlier standard input left undone when it was killed comes first; then this one. */
async function ingestStandardInput(directory: DataDirectory, source: string | undefined, ingest: (segment: Segment) => Promise<void>): Promise<void> {
  const progressOf = (segment: Segment) => readProgress(directory.store.connection, segment.source, 'pipeline');
  for (const segment of await keptSegments(directory.path)) if (!(await progressOf(segment))?.finished) await ingest(segment);
  const segment = await keepStandardInput(directory.path, process.stdin, source);
  try {
    await ingest(segment);
  } catch (error) {
    if ((await progressOf(segment)) === null) await rm(segment.path); // refused: nothing of it was written
    throw error;
  }
}
