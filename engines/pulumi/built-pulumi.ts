import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clearAbandoned, nameOfOurs } from '../abandoned.ts';
import type { Say } from '../engine.ts';
import { startProcess } from '../engine-process.ts';
import { cacheFolder } from '../python-environment.ts';
import { MissingPulumi, type Pulumi } from './missing-pulumi.ts';
import { versionOf } from './own-pulumi.ts';
import { GO_VERSION, isAtLeast, MODULE, PULUMI_VERSION } from './versions.ts';

const run = promisify(execFile);
const SOURCE = 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi';
/** Without a version in it, the packages that talk with it take it for one too old. */
const LINK = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${PULUMI_VERSION}`;
const BUILDING = 'building-pulumi-';
/** Packages that are compiled, about: for the progress alone. */
const PACKAGES = 1_650;
/** Milliseconds between two lines of progress. Prevents a silence in which a build looks like a hang. */
const PROGRESS_MILLISECONDS = 30_000;

/**
 * Pulumi built from its source, in the user's cache under the hash of what it is built from; built on first use, which takes 6 to 20
 * minutes of two processors. It appears whole or not at all: it is built under another name, then renamed. Throws MissingPulumi, or an
 * Error with the compiler's own words.
 */
export async function builtPulumi(say: Say, cache: string = cacheFolder()): Promise<Pulumi> {
  const hash = createHash('sha256').update(readFileSync(join(MODULE, 'go.sum'))).digest('hex').slice(0, 16);
  const made = join(cache, `pulumi-${hash}`);
  if (!existsSync(made)) await build(made, cache, say);
  const command = join(made, 'pulumi');
  const version = await versionOf(command);
  if (version !== PULUMI_VERSION) throw new Error(`${command} says ${version ?? 'nothing'} for its version, not ${PULUMI_VERSION}: remove ${made} to have it built again.`);
  return { command, version };
}

async function build(made: string, cache: string, say: Say): Promise<void> {
  await findGo();
  await mkdir(cache, { recursive: true });
  await clearAbandoned(cache, BUILDING);
  const building = join(cache, `${nameOfOurs(BUILDING)}${randomUUID()}`);
  const log = `${building}.log`;
  say(`pulumi: building ${PULUMI_VERSION} into ${made} (once; 6 to 20 minutes of two processors)`);
  const progress = setInterval(() => say(`pulumi: compiled ${linesOf(log)} packages of about ${PACKAGES}`), PROGRESS_MILLISECONDS);
  try {
    await compile(join(building, 'pulumi'), log);
    await rename(building, made).catch((error: unknown) => {
      if (!existsSync(made)) throw error; // otherwise another process made it at the same time
    });
  } finally {
    clearInterval(progress);
    for (const path of [building, log]) await rm(path, { recursive: true, force: true });
  }
}

/** Compiles with processes that end when this one does. `-v` has it name each package. */
async function compile(command: string, log: string): Promise<void> {
  const child = startProcess(['go', 'build', '-v', '-trimpath', '-ldflags', LINK, '-o', command, SOURCE], { ...process.env, CGO_ENABLED: '0' }, MODULE, log);
  const { code, words } = await child.ended;
  if (code !== 0) throw new Error(`Pulumi could not be built: go build ${words}:\n${child.logEnd()}`);
}

/** Throws MissingPulumi where there is no Go that can compile it; an older Go that may fetch a newer one does so here. */
async function findGo(): Promise<void> {
  const answer = await run('go', ['env', 'GOVERSION'], { cwd: MODULE }).then(({ stdout }) => stdout, () => '');
  const version = /^go(\d+(\.\d+)*)/.exec(answer.trim())?.[1] ?? '0';
  if (isAtLeast(version, GO_VERSION)) return;
  throw new MissingPulumi(
    `There is no Pulumi ${PULUMI_VERSION} or newer on the PATH, and no Go ${GO_VERSION} or newer that could build one.`,
    'Install the Pulumi CLI (https://www.pulumi.com/docs/iac/download-install/; with Homebrew: pulumi), or Go (https://go.dev/dl/).',
  );
}

function linesOf(file: string): number {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}
