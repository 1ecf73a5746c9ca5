import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { EXIT, Failure } from '../../failure.ts';
import { attach, openFailure } from './ledger-file.ts';

/** The fact by which a process that closed the ledger for a moment knows that nobody else opened it to write. */
export const LEFT = 'left_for_a_moment';

/** How often, and after how many milliseconds, a ledger that was closed for a moment is opened again. Prevents a look at it from stopping an ingest. */
const ATTACH_TRIES = 100;
const ATTACH_WAIT = 100;

/**
 * Closes the ledger under its connections, and opens it again: only then does DuckDB let go of what it holds of it. See `Store.makeRoom`.
 * Another process may take it in between, and write: then what this one knows of its state no longer holds, and it must not go on.
 */
export async function makeRoom(connections: readonly DuckDBConnection[], file: string): Promise<void> {
  const [connection] = connections;
  const mark = randomUUID();
  await connection.run(`INSERT INTO store_info VALUES ('${LEFT}', '${mark}')`);
  for (const one of connections) await one.run('USE memory');
  await connection.run('DETACH ledger'); // with a checkpoint
  await attachAgain(connection, file);
  for (const one of connections) await one.run('USE ledger');
  const found = await connection.runAndReadAll(`DELETE FROM store_info WHERE name = '${LEFT}' RETURNING value`);
  if (found.getRows()[0]?.[0] === mark) return;
  throw new Failure(EXIT.unusable, `Another process wrote to ${file} while it was closed for a moment.`, 'Run the same command again: it goes on where it was.');
}

/** Waits for another process that took the ledger meanwhile, mostly one that only looks at it. */
async function attachAgain(connection: DuckDBConnection, file: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    if (!existsSync(file)) throw new Failure(EXIT.unusable, `${file} was taken away while it was closed for a moment.`, 'Put it back and run the same command again: it goes on where it was.');
    try {
      return await attach(connection, file, {});
    } catch (error) {
      if (tries === ATTACH_TRIES) throw openFailure(file, error instanceof Error ? error.message : String(error));
      await setTimeout(ATTACH_WAIT);
    }
  }
}
