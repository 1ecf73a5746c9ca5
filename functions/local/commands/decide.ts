import { Option } from 'commander';
import { appendAudit } from '../audit.ts';
import type { DataDirectory } from '../data-directory.ts';
import { EXIT, Failure } from '../../failure.ts';
import { type AddCommand, type CommonOptions, inExistingDirectory, terminalFor, withCommonOptions } from './command.ts';

interface Options extends CommonOptions {
  readonly post?: boolean;
  readonly reject?: boolean;
  readonly reason: string;
}

/** `payments decide`: a person's decision on an open conflict or reject. */
export const decideCommand: AddCommand = (program) => {
  const command = program
    .command('decide')
    .description('decide on an open conflict or reject; an audit row is kept, journal and ledger are never changed')
    .argument('<message_id>', 'the message that the break names')
    .addOption(new Option('--post', 'make the line postable now: a conflict whose owner never came back').conflicts('reject'))
    .addOption(new Option('--reject', 'close it: it will not count').conflicts('post'))
    .requiredOption('--reason <text>', 'why, for the audit log');
  withCommonOptions(command).action(async (messageId: string, options: Options) => {
    if (!options.post && !options.reject) throw new Failure(EXIT.usage, 'Neither --post nor --reject was given.', 'Say which of the two it is to be.');
    const terminal = terminalFor(options);
    const decided = await inExistingDirectory(options, (directory) => decide(directory, messageId, options.post ? 'decided_post' : 'decided_reject', options.reason));
    if (options.json) terminal.printJson(decided);
    else terminal.print(decided.action === 'decided_post' ? `${messageId} can be posted now: run \`payments post\`, then \`payments reconcile\`.` : `${messageId} is closed. Run \`payments reconcile\`.`);
  });
};

/** Appends a person's decision on a message. Throws `Failure` (exit 2) where there is nothing to decide. */
export async function decide(directory: DataDirectory, messageId: string, action: 'decided_post' | 'decided_reject', reason: string): Promise<{ message_id: string; action: string; outcome: string }> {
  const lines = await directory.books.query('jobs/audit/lines-to-decide.sql', { message_id: messageId });
  if (lines.length === 0) throw new Failure(EXIT.usage, `No journal line is of message ${messageId}.`, 'Take the message_id from the break or from `payments trace`.');
  if (lines.length > 1) throw new Failure(EXIT.usage, `${messageId} was used for ${lines.length} different messages, so it is not clear which one is meant.`, 'See `payments trace`; a message_id that is reused can only be mended by its producer.');
  const [line] = lines;
  const outcome = String(line.outcome);
  if (action === 'decided_post' && line.identity_key === null) throw new Failure(EXIT.usage, `${messageId} was rejected: it holds no valid payment that could be posted.`, 'Have the producer publish a corrected payment, and close this one with --reject.');
  if (action === 'decided_post' && line.is_posted) throw new Failure(EXIT.usage, `The payment ${line.transaction_id} is in the ledger already, from another message.`, 'Close this copy with --reject; a correction is a payment of its own (a refund, or a further payment).');
  if (outcome !== 'conflict' && outcome !== 'rejected') throw new Failure(EXIT.usage, `${messageId} is ${outcome}: there is nothing to decide.`, 'Only open conflicts and rejected messages need a decision.');
  if (line.is_itself_posted) throw new Failure(EXIT.usage, `${messageId} is in the ledger: a decision can't take it back.`, 'A correction is a payment of its own, such as a refund.');
  await refuseRepetition(directory, messageId, action);
  await appendAudit(directory, { action, message_id: messageId, data_sha256: line.data_sha256 as Uint8Array, reason });
  return { message_id: messageId, action, outcome };
}

/** Until it is posted a decision can be changed, and the last one holds; the same one again says nothing new. */
async function refuseRepetition(directory: DataDirectory, messageId: string, action: string): Promise<void> {
  const decisions = await directory.books.query('jobs/trace/decisions.sql', { id: messageId, transaction_id: messageId });
  const last = decisions.filter((one) => one.message_id === messageId).at(-1);
  if (last?.action !== action) return;
  throw new Failure(EXIT.usage, `${messageId} was decided already: ${action === 'decided_post' ? '--post' : '--reject'} by ${last.actor}, because “${last.reason}”.`, 'See `payments trace`.');
}
