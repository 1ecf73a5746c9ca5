/** `npm run test:engine`: finds Pulumi or builds it, and runs a command with its path in PAYMENTS_PULUMI. */
import { runCommand } from '../run-command.ts';
import { builtPulumi } from './built-pulumi.ts';
import { MissingPulumi } from './missing-pulumi.ts';
import { ownPulumi } from './own-pulumi.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const say = (text: string) => void process.stderr.write(`${text}\n`);

async function run(command: readonly string[]): Promise<number> {
  const pulumi = (await ownPulumi(say)) ?? (await builtPulumi(say));
  say(`pulumi: ${pulumi.version}, ${pulumi.command}`);
  const child = runCommand(command, { PAYMENTS_PULUMI: pulumi.command });
  for (const signal of SIGNALS) process.on(signal, () => signal === 'SIGINT' && process.stdin.isTTY || child.stop(signal)); // a terminal has told the command as well
  return child.exit_code;
}

/** Where there is no Pulumi: a failure in CI, which would be green without a test otherwise. */
function missing({ message, fix }: MissingPulumi): number {
  const line = '='.repeat(72);
  say(`${line}\nMISSING: pulumi\n  ${message}\n  ${fix}\n${line}`);
  if (process.env.CI) return 1;
  process.stdout.write(`SKIPPED: the tests on Pulumi's engine, because there is no Pulumi.\n`);
  return 0;
}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof MissingPulumi) return missing(error);
  say(error instanceof Error ? error.message : String(error));
  return 1;
});
