import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { aSecond, counted } from '../../figures.ts';
import { fileMessages } from '../../adapters/embedded/file-messages.ts';
import { systemClock } from '../../adapters/embedded/system-clock.ts';
import type { Settings } from '../../config.ts';
import type { DataDirectory } from '../data-directory.ts';
import type { Terminal } from '../terminal.ts';
import { RefusedSource, refuseIfAllRejected } from './all-rejected.ts';
import { clockMode } from './clock-mode.ts';
import { ingestFile, type IngestSummary } from './ingest-file.ts';
import { type SettledLeftovers, settleLeftovers } from './leftovers.ts';
import type { Segment } from './segments.ts';
import { keepStandardInput } from './standard-input.ts';
import { unfinishedSegments } from './unfinished.ts';

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

/** Ingests files one after the other, what earlier runs left of standard inputs before them, showing progress; `each` hears of every source that is done. */
export async function ingestAll(directory: DataDirectory, files: readonly string[], options: IngestAllOptions, terminal: Terminal, each: (summary: IngestSummary) => void = () => undefined): Promise<IngestSummary[]> {
  const summaries: IngestSummary[] = [];
  const ingest = async (input: Segment, acceptAll = options.acceptAll === true) => {
    const started = performance.now();
    const summary = await ingestFile(directory, {
      ...input,
      clock: options.clock ?? null,
      accept_all: acceptAll,
      onProgress: ({ messages }) => terminal.progress(`${input.source}: ${counted(messages, 'message')}, ${aSecond(messages, (performance.now() - started) / 1_000)}`),
    });
    terminal.endProgress();
    each(summary);
    summaries.push(summary);
  };
  if (!files.includes(STANDARD_INPUT)) {
    noteLeftovers(await settleLeftovers(directory.path, null), terminal);
    await ingestUnfinished(directory, null, ingest);
  }
  for (const file of files) {
    if (file === STANDARD_INPUT) await ingestStandardInput(directory, options, terminal, ingest);
    else await ingest({ path: file, source: options.source ?? basename(file) });
  }
  return summaries;
}

type Ingest = (segment: Segment, acceptAll?: boolean) => Promise<void>;

/** It is read to its end, and durable, before anything is ingested. What earlier ones left undone comes first; then this one. */
async function ingestStandardInput(directory: DataDirectory, { source, clock }: IngestAllOptions, terminal: Terminal, ingest: Ingest): Promise<void> {
  await clockMode(directory.store.connection, clock ?? null); // before an input is taken that can't be used
  const kept = await keepStandardInput(directory.path, process.stdin, source);
  noteLeftovers(kept, terminal);
  const before = await ingestUnfinished(directory, kept, ingest);
  try {
    if (kept.bytes === 0 && before > 0) await rm(kept.path); // nothing more was to be taken
    else await ingest({ path: kept.path, source: kept.source });
  } catch (error) {
    if (error instanceof RefusedSource) await rm(kept.path); // nothing of it was written
    throw error;
  }
}

/** Ingests the segments that a stopped run kept and didn't ingest to their end, but for `input`; returns how many. All rejected or not: nobody can give them again. */
async function ingestUnfinished(directory: DataDirectory, input: Segment | null, ingest: Ingest): Promise<number> {
  const unfinished = (await unfinishedSegments(directory)).filter(({ source }) => source !== input?.source);
  for (const segment of unfinished) await ingest(segment, true);
  return unfinished.length;
}

function noteLeftovers({ sealed, repeated }: SettledLeftovers, terminal: Terminal): void {
  for (const { source } of sealed) terminal.note(`What came of a standard input before its run was stopped is ingested as ${source}; its last line may be cut.`);
  if (repeated > 0) terminal.note(`${counted(repeated, 'standard input')} of stopped runs: given again since, so not taken in twice.`);
}
