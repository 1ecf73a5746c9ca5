import type { DuckDBConnection } from '@duckdb/node-api';

/** DuckDB's threads. With a second one, whichever waits for the other spins on its queue of tasks: 30 % of all CPU time went into that on a busy machine. */
export const THREADS = 1;
/** The same for what reads a table row by row, where each has enough to do until the end: half the time for the same CPU. */
const THREADS_ROW_BY_ROW = 2;
/** Statements without a join that read all of the archive. */
const ROW_BY_ROW: ReadonlySet<string> = new Set(['messages/10-archived.sql']);

/** Each thread holds vectors of whole lines: two with long ones may not fit where one does. */
const NO_MEMORY = /Out of Memory/i;

/** Runs what is made of a statement's file, on as many threads as suit it; it is run once more on one where two ran out of memory. */
export async function withThreadsFor<Result>(connection: Pick<DuckDBConnection, 'run'>, file: string, run: () => Promise<Result>): Promise<Result> {
  if (!ROW_BY_ROW.has(file)) return run();
  await connection.run(`SET threads = ${THREADS_ROW_BY_ROW}`);
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Error && NO_MEMORY.test(error.message))) throw error;
    await connection.run(`SET threads = ${THREADS}`);
    return await run();
  } finally {
    await connection.run(`SET threads = ${THREADS}`);
  }
}
