import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pruneClaims } from '../../adapters/embedded/sqlite-claims.ts';
import { storeNow } from '../audit.ts';
import { EXIT, Failure } from '../failure.ts';
import { type AddCommand, type CommonOptions, inDirectory, terminalFor, withCommonOptions } from './command.ts';

export const pruneClaimsCommand: AddCommand = (program) => {
  const command = program.command('prune-claims').description('forget expired claims to free space; the ledger stays exact without them');
  withCommonOptions(command).action(async (options: CommonOptions) => {
    const file = join(options.dataDir, 'claims.sqlite');
    if (!existsSync(file)) throw new Failure(EXIT.unusable, `There are no claims in ${options.dataDir}.`, 'Name the right place with --data-dir.');
    const terminal = terminalFor(options);
    const pruned = await inDirectory(options, async (directory) => pruneClaims(file, await storeNow(directory)));
    if (options.json) terminal.printJson({ pruned });
    else terminal.print(`${pruned.toLocaleString('en')} expired claims forgotten.`);
  });
};
