/** Documented exit codes of every command. */
export const EXIT = {
  /** Reconciled, or pending within its allowed age; for other commands: done. */
  ok: 0,
  /** Breaks, incomplete or overdue; a check that failed. */
  breaks: 1,
  /** The command line or the configuration is wrong. */
  usage: 2,
  /** The input or the store can't be used. */
  unusable: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error that a user can act on: what is wrong and what to do, without a stack. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  readonly fix: string;
  constructor(exitCode: ExitCode, message: string, fix: string) {
    super(message);
    this.name = 'Failure';
    this.exitCode = exitCode;
    this.fix = fix;
  }
}
