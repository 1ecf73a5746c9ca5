import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { clearAbandoned, nameOfOurs } from './abandoned.ts';
import type { Say } from './engine.ts';
import { startProcess } from './engine-process.ts';
import { findPython } from './find-python.ts';

const HERE = import.meta.dirname;
const LOCK = join(HERE, 'requirements.lock');
const INSTALL_SPATIAL = join(HERE, 'install-spatial.py');
const BUILDING = 'building-';
/** Only what the lock names, only the files whose hashes it has, and nothing that must be compiled. */
const PIP_OPTIONS = ['--quiet', '--disable-pip-version-check', '--no-input', '--no-deps', '--require-hashes', '--only-binary=:all:'];

/** Where bqemulator and zetasql are installed. */
export interface PythonEnvironment {
  readonly python: string;
  /** The home that bqemulator must be run with: DuckDB's extensions are in it. */
  readonly home: string;
}

/**
 * The environment of Python with the packages of requirements.lock, in the user's cache; made on first use, which takes one to two
 * minutes. It appears whole or not at all: it is made under another name, then renamed. Throws MissingEngine, or an Error with pip's own words.
 */
export async function pythonEnvironment(say: Say, cache: string = cacheFolder()): Promise<PythonEnvironment> {
  const python = await findPython();
  const made = join(cache, `emulators-${hashOf(readFileSync(LOCK), readFileSync(INSTALL_SPATIAL), python.identity)}`);
  if (!existsSync(made)) await make(python.command, made, cache, say);
  return { python: join(made, 'bin', 'python'), home: join(made, 'home') };
}

/** `$XDG_CACHE_HOME` or ~/.cache. https://specifications.freedesktop.org/basedir-spec/latest/ */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'exactly-once-payments');
}

async function make(python: string, made: string, cache: string, say: Say): Promise<void> {
  await mkdir(cache, { recursive: true });
  await clearAbandoned(cache, BUILDING);
  const building = join(cache, `${nameOfOurs(BUILDING)}${randomUUID()}`);
  const log = `${building}.log`;
  say(`bigquery: making an environment of Python in ${made} (once; about 650 MB, one to two minutes)`);
  try {
    await runQuietly([python, '-m', 'venv', building], log);
    const inside = join(building, 'bin', 'python');
    say('bigquery: installing packages');
    await runQuietly([inside, '-m', 'pip', 'install', ...PIP_OPTIONS, '-r', LOCK], log);
    await runQuietly([inside, INSTALL_SPATIAL, join(building, 'home')], log);
    await rename(building, made).catch((error: unknown) => {
      if (!existsSync(made)) throw error; // otherwise another process made it at the same time
    });
  } finally {
    for (const path of [building, log]) await rm(path, { recursive: true, force: true });
  }
}

/** Runs a command that ends when this process does. Throws with the end of its output where it fails. */
async function runQuietly(command: readonly string[], log: string): Promise<void> {
  const child = startProcess(command, process.env, HERE, log);
  const { code, words } = await child.ended;
  if (code !== 0) throw new Error(`${command.join(' ')}\n${words}:\n${child.logEnd()}`);
}

function hashOf(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}
