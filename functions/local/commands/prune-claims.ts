import { join } from 'node:path';
import { counted } from '../../figures.ts';
import { pruneClaims } from '../../adapters/embedded/sqlite-claims.ts';
import { storeNow } from '../store-clock.ts';
import { type AddCommand, type CommonOptions, inExistingDirectory, terminalFor, withCommonOptions } from './command.ts';

/** `payments prune-claims`: forgets claims that have expired by the store's clock. */
export const pruneClaimsCommand: AddCommand = (program) => {
  const command = program.command('prune-claims').description('forget expired claims to free space; the ledger stays exact without them');
  withCommonOptions(command).action(async (options: CommonOptions) => {
    const file = join(options.dataDir, 'claims.sqlite');
    const terminal = terminalFor(options);
    const pruned = await inExistingDirectory(options, async (directory) => pruneClaims(file, await storeNow(directory)));
    if (options.json) terminal.printJson({ pruned });
    else terminal.print(`${counted(pruned, 'expired claim')} forgotten.`);
  });
};
