/**
 * What our side of the journal costs, by the way that lines take into BigQuery, against stand-ins on loopback that all answer after the same
 * time: CPU µs a line, latency of an append, lines and bytes a call. `npm run bench:journal`. Ends by itself, in two minutes.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BigQuery } from '@google-cloud/bigquery';
import { PassThroughClient } from 'google-auth-library';
import { insertAll } from '../functions/adapters/google/bigquery-insert.ts';
import { groupAppends, type SetTimer } from '../functions/adapters/google/group-appends.ts';
import type { RowStore } from '../functions/adapters/google/row-store.ts';
import type { JournalLine } from '../functions/pipeline/journal-line.ts';
import { insertByClient } from './client-rows.ts';
import { grpcRows } from './grpc-rows.ts';
import { cpuSeconds, wallSeconds } from './measure.ts';
import { sampleLine } from './sample-line.ts';

/** As in `bigqueryJournal`. */
const LIMITS = { linger_milliseconds: 5, rows_per_call: 500, bytes_per_call: 9_000_000, deadline_milliseconds: 20_000 };
/** Appends at once, and how many in all: about three seconds each. */
const LOADS = [[1, 100], [10, 1_000], [80, 8_000]] as const;
/** Each load runs so often, and the run with the least CPU is printed: the others shared the machine. */
const ROUNDS = 3;

const setTimer: SetTimer = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};

/** What a store was asked to write. */
interface Written {
  calls: number;
  bytes: number;
}

function watched<Row>(store: RowStore<Row>, written: Written): RowStore<Row> {
  return {
    ...store,
    insert(rows, signal) {
      written.calls += 1;
      for (const row of rows) written.bytes += store.bytesOf(row);
      return store.insert(rows, signal);
    },
  };
}

/** Appends one line at a time from each of `atOnce` requests, as functions do; returns each append's milliseconds. */
async function run<Row>(store: RowStore<Row>, lines: readonly JournalLine[], atOnce: number): Promise<number[]> {
  const journal = groupAppends(store, LIMITS, setTimer);
  const left = lines[Symbol.iterator]();
  const latencies: number[] = [];
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const line of left) {
      const began = wallSeconds();
      await journal.append([line]);
      latencies.push((wallSeconds() - began) * 1_000);
    }
  }));
  return latencies.sort((a, b) => a - b);
}

interface Run {
  readonly cpu: number;
  readonly wall: number;
  readonly latencies: readonly number[];
  readonly written: Written;
}

async function measured<Row>(store: RowStore<Row>, lines: readonly JournalLine[], atOnce: number): Promise<Run> {
  const written: Written = { calls: 0, bytes: 0 };
  const [cpu, wall] = [cpuSeconds(), wallSeconds()];
  const latencies = await run(watched(store, written), lines, atOnce);
  return { cpu: cpuSeconds() - cpu, wall: wallSeconds() - wall, latencies, written };
}

async function measure<Row>(name: string, store: RowStore<Row>): Promise<void> {
  await run(store, Array.from({ length: 8_000 }, (_, number) => sampleLine(number)), 80); // warm
  for (const [atOnce, count] of LOADS) {
    const lines = Array.from({ length: count }, (_, number) => sampleLine(number));
    const runs: Run[] = [];
    while (runs.length < ROUNDS) runs.push(await measured(store, lines, atOnce));
    const { cpu, wall, latencies, written } = runs.sort((one, other) => one.cpu - other.cpu)[0];
    const cells = [atOnce, (cpu * 1e6) / count, (cpu * 1e6) / written.calls, latencies[count >> 1], latencies[Math.floor(count * 0.99)], count / written.calls, written.bytes / count, count / wall];
    console.log(name.padEnd(28) + cells.map((cell) => (cell < 100 ? cell.toFixed(1) : Math.round(cell).toLocaleString('en')).padStart(13)).join(''));
  }
}

process.env.METADATA_SERVER_DETECTION = 'none'; // loopback only
const servers = fork(join(import.meta.dirname, 'journal-stand-ins.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
const [printed] = (await once(servers.stdout!, 'data')) as [Buffer];
const ports = JSON.parse(printed.toString()) as { http: number; grpc: number };
const bigquery = new BigQuery({ projectId: 'p', authClient: new PassThroughClient() as never });
bigquery.baseUrl = `http://127.0.0.1:${ports.http}/bigquery/v2`;
const grpc = await grpcRows({ host: '127.0.0.1', port: ports.grpc }, 'projects/p/datasets/books/tables/payment_journal');

console.log(`${''.padEnd(28)}${['at once', 'CPU µs/line', 'CPU µs/call', 'p50 ms', 'p99 ms', 'lines/call', 'bytes/line', 'lines/s'].map((head) => head.padStart(13)).join('')}`);
await measure('insertAll (the journal\'s)', insertAll(bigquery, 'books', 'payment_journal', setTimer));
await measure('insertAll by client.request', insertByClient(bigquery, 'books', 'payment_journal'));
await measure('Storage Write API, gRPC', grpc);
grpc.close();
servers.disconnect();
