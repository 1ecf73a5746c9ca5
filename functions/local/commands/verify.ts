import { EXIT } from '../../failure.ts';
import { verifyDirectory } from '../verify.ts';
import { type AddCommand, type CommonOptions, readingDirectory, terminalFor, withCommonOptions } from './command.ts';

interface Options extends CommonOptions {
  readonly answerKey?: string;
}

/** `payments verify`: every check on the books, and an answer key's facts; exits 1 where one doesn't hold. Only reads. */
export const verifyCommand: AddCommand = (program, finish) => {
  const command = program.command('verify').description('run every check on the books, and compare them with an answer key; one line each').option('--answer-key <file>', 'what `simulate` says the ledger must hold');
  withCommonOptions(command).action(async (options: Options) => {
    const terminal = terminalFor(options);
    const results = await readingDirectory(options, (directory) => verifyDirectory(directory, options.answerKey ?? null));
    const failed = results.filter((one) => !one.ok).length;
    if (options.json) terminal.printJson({ ok: failed === 0, failed, results });
    else {
      for (const { ok, name, expected, found } of results) terminal.print(`${ok ? 'ok  ' : 'FAIL'} ${name}: ${ok ? found : `expected ${expected}, found ${found}`}`);
      terminal.print(failed === 0 ? `All ${results.length} hold.` : `${failed} of ${results.length} ${failed === 1 ? "doesn't" : "don't"} hold.`);
    }
    finish(failed === 0 ? EXIT.ok : EXIT.breaks);
  });
};
