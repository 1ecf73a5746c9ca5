import { reconcile, type ReconciliationResult } from '../../reconciliation/reconcile.ts';
import { reconciliationExitCode } from '../reconciliation-exit.ts';
import { uningestedInputs } from '../ingest/unfinished.ts';
import { incompleteSources } from '../incomplete-sources.ts';
import { moveClock } from '../store-clock.ts';
import type { DataDirectory } from '../data-directory.ts';
import { type AddCommand, type CommonOptions, inExistingDirectory, terminalFor, withCommonOptions, withSettings } from './command.ts';

interface Options extends CommonOptions {
  readonly now?: string;
}

/** `payments reconcile`: the proof. Exits 0 or 1, as `reconciliationExitCode` says. */
export const reconcileCommand: AddCommand = (program, finish) => {
  const command = program
    .command('reconcile')
    .description('prove the books: what was published, read from the raw archive, against what was posted; exit 1 on breaks')
    .option('--now <time>', 'move the store\'s clock on to this instant first (RFC 3339, not beyond the real clock)');
  withSettings(withCommonOptions(command)).action(async (options: Options) => {
    const terminal = terminalFor(options);
    const result = await inExistingDirectory(options, (directory) => reconcileDirectory(directory, options.now ?? null));
    if (result.note) terminal.note(result.note);
    if (options.json) terminal.printJson(result);
    else {
      terminal.print(`${result.verdict}: ${result.reason}`);
      terminal.print('`payments report` shows the whole of it.');
    }
    finish(reconciliationExitCode(result));
  });
};

/** Reconciles a data directory as of its own clock, moved on to `now` where that is given; `note` says why it wasn't. */
export async function reconcileDirectory(directory: DataDirectory, now: string | null): Promise<ReconciliationResult & { readonly note: string | null }> {
  await directory.store.makeRoom();
  await directory.store.allowForJoins();
  const moved = await moveClock(directory, now);
  const incomplete = [...(await incompleteSources(directory.store.connection)), ...(await uningestedInputs(directory))];
  const result = await reconcile(directory.books, { now: moved.now, settings: directory.settings, ids: directory.ids, incomplete });
  return { ...result, note: moved.note };
}
