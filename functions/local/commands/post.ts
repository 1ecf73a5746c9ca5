import type { Command } from 'commander';
import { post, type Posting } from '../../ledger/post.ts';
import type { PostingKind } from '../../ledger/post.ts';
import { moveClock } from '../store-clock.ts';
import { type AddCommand, type CommonOptions, inExistingDirectory, terminalFor, withCommonOptions, withSettings } from './command.ts';

interface Options extends CommonOptions {
  readonly now?: string;
}

export const postCommand: AddCommand = (program) => postingCommand(program, 'post', 'post every payment that is postable and not in the ledger yet; safe to repeat');

export const sweepCommand: AddCommand = (program) => postingCommand(program, 'sweep', 'post, looking back past the orphan grace: late copies whose owner never came');

function postingCommand(program: Command, kind: PostingKind, description: string): void {
  const command = program.command(kind).description(description).option('--now <time>', 'move the store\'s clock on to this instant first (RFC 3339, not beyond the real clock)');
  withSettings(withCommonOptions(command)).action(async (options: Options) => {
    const terminal = terminalFor(options);
    const posting = await inExistingDirectory(options, async (directory) => {
      const cut = await moveClock(directory, options.now ?? null);
      return post(directory.books, directory.ids, { kind, cut, orphan_grace: directory.settings.orphan_grace });
    });
    if (options.json) terminal.printJson(posting);
    else terminal.print(describe(posting));
  });
}

function describe(posting: Posting | null): string {
  if (!posting) return 'Another posting won; nothing was posted by this one. Run it again.';
  return `Run ${posting.run} posted ${posting.rows_posted.toLocaleString('en')} payments into ${posting.booking_date}.`;
}
