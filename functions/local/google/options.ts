import type { Command } from 'commander';
import { EXIT, Failure } from '../../failure.ts';

/** Options of every command on Google Cloud. */
export interface GoogleOptions {
  readonly project?: string;
  readonly json?: boolean;
}

/** Adds --project and --json. */
export function withGoogleOptions(command: Command): Command {
  return command.option('--project <id>', 'the Google Cloud project (default: GOOGLE_CLOUD_PROJECT)').option('--json', 'print the result for machines');
}

/** The project asked for, else that of the environment. Throws `Failure` (exit 2) where neither names one. */
export function projectOf({ project }: GoogleOptions): string {
  const named = project ?? process.env.GOOGLE_CLOUD_PROJECT;
  if (!named || !/^[a-z][a-z0-9:.-]{1,62}$/.test(named)) throw new Failure(EXIT.usage, 'No project of Google Cloud is named.', 'Name it with --project, or in GOOGLE_CLOUD_PROJECT.');
  return named;
}

/** `projects/P/KIND/NAME`, from a short name or one in full. Throws `Failure` (exit 2) for anything else. */
export function fullName(kind: 'subscriptions' | 'topics' | 'snapshots', name: string, project: string): string {
  const short = name.startsWith(`projects/${project}/${kind}/`) ? name.slice(`projects/${project}/${kind}/`.length) : name;
  if (!/^[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/.test(short)) throw new Failure(EXIT.usage, `${name} is no name in ${kind} of ${project}.`, `Write it short, or as projects/${project}/${kind}/NAME.`);
  return `projects/${project}/${kind}/${short}`;
}
