import type { Command } from 'commander';
import { post, type Posting } from '../../ledger/post.ts';
import type { PostingKind } from '../../ledger/post.ts';
import { counted } from '../../figures.ts';
import { moveClock } from '../store-clock.ts';
import { type AddCommand, type CommonOptions, inExistingDirectory, terminalFor, withCommonOptions, withSettings } from './command.ts';

interface Options extends CommonOptions {
  readonly now?: string;
  readonly all?: boolean;
}

/** `payments post`: one posting run, looking back over the last hours. */
export const postCommand: AddCommand = (program) => postingCommand(program, 'post', 'post every payment that is postable and not in the ledger yet; safe to repeat');

/** `payments sweep`: one posting run that looks back past the orphan grace, or, with --all, at the whole journal. */
export const sweepCommand: AddCommand = (program) => postingCommand(program, 'sweep', 'post, looking back past the orphan grace: late copies whose owner never came');

function postingCommand(program: Command, kind: PostingKind, description: string): void {
  const command = program.command(kind).description(description).option('--now <time>', 'move the store\'s clock on to this instant first (RFC 3339, not beyond the real clock)');
  if (kind === 'sweep') command.option('--all', 'look at the whole journal, whatever earlier runs looked at (an audit)');
  withSettings(withCommonOptions(command)).action(async (options: Options) => {
    const terminal = terminalFor(options);
    const { posting, note } = await inExistingDirectory(options, async (directory) => {
      const { now, note } = await moveClock(directory, options.now ?? null);
      const { orphan_grace } = directory.settings;
      return { note, posting: await post(directory.books, directory.ids, { kind: options.all ? 'audit' : kind, cut: now, orphan_grace }) };
    });
    if (note) terminal.note(note);
    if (options.json) terminal.printJson(posting && { ...posting, note });
    else terminal.print(describe(posting));
  });
}

function describe(posting: Posting | null): string {
  if (!posting) return 'Another posting won; nothing was posted by this one. Run it again.';
  return `Run ${posting.run} posted ${counted(posting.rows_posted, 'payment')} into ${posting.booking_date}.`;
}
