import { EXIT, type ExitCode } from '../failure.ts';
import { explainForeignFault } from './foreign-faults.ts';
import { terminalText } from './terminal-text.ts';

/** Where a command speaks: results on standard output, everything else on standard error. No text can act on the terminal. */
export interface Terminal {
  readonly json: boolean;
  /** A line of the result. */
  print(text: string): void;
  /** The result for machines; printed only with --json. */
  printJson(value: unknown): void;
  /** A remark that is not the result. */
  note(text: string): void;
  /** Overwrites the last progress, where someone watches. */
  progress(text: string): void;
  endProgress(): void;
}

/** Least time between two progress lines where nobody watches (a log file), in milliseconds. */
const PROGRESS_IN_LOGS_EVERY = 10_000;

/** The real terminal. Progress is shown in place on a TTY, and now and then in a log. */
export function realTerminal(json: boolean): Terminal {
  const live = process.stderr.isTTY;
  let last = performance.now();
  let shown = false;
  return {
    json,
    print: (text) => void process.stdout.write(`${terminalText(text)}\n`),
    printJson: (value) => void process.stdout.write(`${terminalText(JSON.stringify(value, bigintAsText, 2))}\n`),
    note: (text) => void process.stderr.write(`${terminalText(text)}\n`),
    progress(text) {
      if (live) process.stderr.write(`\r\x1b[K${terminalText(text)}`);
      else if (performance.now() - last < PROGRESS_IN_LOGS_EVERY) return;
      else process.stderr.write(`${terminalText(text)}\n`);
      last = performance.now();
      shown = live;
    },
    endProgress() {
      if (shown) process.stderr.write('\r\x1b[K');
      shown = false;
    },
  };
}

function bigintAsText(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return value;
}

/** Shows a failure as its user needs it: what is wrong, and what to do. Anything unforeseen keeps its stack, on standard error. */
export function showFailure(terminal: Terminal, error: unknown): ExitCode {
  terminal.endProgress();
  const failure = explainForeignFault(error);
  const { message, fix, exitCode } = failure ?? { message: error instanceof Error ? error.message : String(error), fix: 'This was not foreseen: please report it, with what standard error says.', exitCode: EXIT.unusable };
  if (!failure) terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (terminal.json) terminal.printJson({ error: message, fix, exit_code: exitCode });
  else terminal.note(failure ? `${message}\n→ ${fix}` : `→ ${fix}`);
  return exitCode;
}
