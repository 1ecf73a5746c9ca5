import { join } from 'node:path';
import { duckdbBooks } from '../../adapters/embedded/duckdb-books.ts';
import { readClaim } from '../../adapters/embedded/sqlite-claims.ts';
import { openStore } from '../../adapters/embedded/store.ts';
import { renderTrace, traceForMachines } from '../trace/render.ts';
import { trace } from '../trace/trace.ts';
import { EXIT } from '../../failure.ts';
import { type AddCommand, type CommonOptions, terminalFor, withCommonOptions } from './command.ts';

/** `payments trace`: all that is known of one payment or message; exits 1 where nothing is. Only reads. */
export const traceCommand: AddCommand = (program, finish) => {
  const command = program.command('trace').description('everything that is known of one payment or message, in order').argument('<id>', 'a transaction_id or a message_id');
  withCommonOptions(command).action(async (id: string, options: CommonOptions) => {
    const terminal = terminalFor(options);
    const store = await openStore(options.dataDir, { readOnly: true });
    try {
      const found = await trace(duckdbBooks(store.connection), (key) => readClaim(join(options.dataDir, 'claims.sqlite'), key), id);
      if (options.json) terminal.printJson(traceForMachines(found));
      else terminal.print(renderTrace(found));
      if (found.published.length === 0 && found.lines.length === 0) finish(EXIT.breaks);
    } finally {
      store.close();
    }
  });
};
