/** One measured run of the whole pipeline, in a process of its own: `node run-pipeline.ts FILE DIRECTORY`. Prints one line of JSON. */
import '../functions/adapters/embedded/duckdb-allocator.ts'; // before DuckDB
import { DEFAULT_SETTINGS } from '../functions/config.ts';
import { reconcileDirectory } from '../functions/local/commands/reconcile.ts';
import { type DataDirectory, openDataDirectory } from '../functions/local/data-directory.ts';
import { ingestFile } from '../functions/local/ingest/ingest-file.ts';
import { cpuSeconds, peakMemory, wallSeconds } from './measure.ts';

const [file, directory] = process.argv.slice(2);
const started = { wall: wallSeconds(), cpu: cpuSeconds() };
const stages: Record<string, number> = {};

/** Counts the CPU time used during a port's calls under a stage's name. What runs beside them is counted with them. */
async function timed<Result>(stage: string, call: () => Promise<Result>): Promise<Result> {
  const before = cpuSeconds();
  try {
    return await call();
  } finally {
    stages[stage] = (stages[stage] ?? 0) + cpuSeconds() - before;
  }
}

const opened = await openDataDirectory(directory, DEFAULT_SETTINGS);
const { books, claims } = opened;
const watched: DataDirectory = {
  ...opened,
  claims: { ...claims, claim: (requests) => timed('claims', () => claims.claim(requests)) },
  books: {
    ...books,
    query: (...given) => timed('posting', () => books.query(...given)),
    transaction: (...given) => timed('posting', () => books.transaction(...given)),
  },
};
const { messages } = await timed('ingest', () => ingestFile(watched, { path: file, source: 'bench.jsonl', clock: null, accept_all: false }));
const { verdict } = await timed('reconciliation', () => reconcileDirectory(opened, null));
await timed('closing', async () => opened.close());

stages.reading_decoding_writing = stages.ingest - stages.claims - stages.posting;
delete stages.ingest;
console.log(JSON.stringify({ messages, verdict, wall: wallSeconds() - started.wall, cpu: cpuSeconds() - started.cpu, peak_mib: peakMemory(), stages }));
