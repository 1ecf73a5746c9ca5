/** One measured run of the whole pipeline, in a process of its own: `node run-pipeline.ts FILE DIRECTORY`. Prints one line of JSON. */
import '../functions/adapters/embedded/duckdb-allocator.ts'; // before DuckDB
import { DEFAULT_SETTINGS } from '../functions/config.ts';
import { reconcileDirectory } from '../functions/local/commands/reconcile.ts';
import { openDataDirectory } from '../functions/local/data-directory.ts';
import { ingestFile } from '../functions/local/ingest/ingest-file.ts';
import { cpuSeconds, mainThreadSeconds, type Measured, peakMemory, type Stage, wallSeconds } from './measure.ts';

const [file, directory] = process.argv.slice(2);
const started = { wall: wallSeconds(), cpu: cpuSeconds() };
const stages: Record<string, Stage> = {};

/** Wall and CPU seconds of a stage, all threads together. What goes on at once within a stage can't be told apart. */
async function timed<Result>(stage: string, call: () => Promise<Result>): Promise<Result> {
  const before = { wall: wallSeconds(), cpu: cpuSeconds(), main_thread: mainThreadSeconds() };
  const result = await call();
  stages[stage] = { wall: wallSeconds() - before.wall, cpu: cpuSeconds() - before.cpu, main_thread: mainThreadSeconds() - before.main_thread };
  return result;
}

const opened = await openDataDirectory(directory, DEFAULT_SETTINGS);
const { messages } = await timed('ingest and posting', () => ingestFile(opened, { path: file, source: 'bench.jsonl', clock: null, accept_all: false }));
const { verdict } = await timed('reconciliation', () => reconcileDirectory(opened, null));
await timed('closing', async () => opened.close());

console.log(JSON.stringify({ messages, verdict, wall: wallSeconds() - started.wall, cpu: cpuSeconds() - started.cpu, peak_mib: peakMemory(), stages } satisfies Measured));
