import { execFile } from 'node:child_process';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import type { Say } from '../engine.ts';
import type { Pulumi } from './missing-pulumi.ts';
import { isAtLeast, PULUMI_VERSION } from './versions.ts';

const run = promisify(execFile);
/** Milliseconds for `pulumi version`. Prevents a hang where what is called pulumi is something else. */
const VERSION_MILLISECONDS = 30_000;
/** npm's package `pulumi` is no Pulumi: it downloads one when it is first used. */
const OF_NPM = /[\\/]node_modules[\\/]\.bin[\\/]?$/;

/** The user's own Pulumi: the first on the PATH that says its version, and is new enough. Null where there is none. */
export async function ownPulumi(say: Say, path: string = process.env.PATH ?? ''): Promise<Pulumi | null> {
  for (const folder of path.split(delimiter).filter((one) => isAbsolute(one) && !OF_NPM.test(one))) {
    const command = join(folder, 'pulumi');
    const version = await versionOf(command);
    if (version === null) continue;
    if (isAtLeast(version, PULUMI_VERSION)) return { command, version };
    say(`pulumi: ${command} is ${version}, and ${PULUMI_VERSION} or newer is needed`);
  }
  return null;
}

/** What a command says to `version`; null where it isn't there, or isn't Pulumi. */
export async function versionOf(command: string): Promise<string | null> {
  const answer = await run(command, ['version'], { timeout: VERSION_MILLISECONDS, env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' } }).then(({ stdout }) => stdout, () => '');
  return /^v?(\d+\.\d+\.\d+)/.exec(answer.trim())?.[1] ?? null;
}
