import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MissingEngine } from './engine.ts';

const run = promisify(execFile);

/** The oldest that the pinned packages run on. */
const OLDEST = [3, 11];
const CANDIDATES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python'];
const QUESTION = 'import sys, sysconfig\ntry:\n import venv, ensurepip\n able = 1\nexcept ImportError:\n able = 0\nprint(sys.version_info[0], sys.version_info[1], able, sys.base_prefix + "@" + sysconfig.get_platform(), sep=" ")';

/** A Python that can make environments. */
export interface FoundPython {
  readonly command: string;
  /** Version, place and platform: an environment made with another one doesn't serve. */
  readonly identity: string;
}

/** The first Python on the PATH that is new enough and can make environments. Throws MissingEngine. */
export async function findPython(candidates: readonly string[] = CANDIDATES): Promise<FoundPython> {
  const seen: string[] = [];
  for (const command of candidates) {
    const answer = await run(command, ['-c', QUESTION]).then(({ stdout }) => stdout.trim(), () => null);
    if (answer === null) continue;
    const [major, minor, able] = answer.split(' ').map(Number);
    const fits = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
    if (fits && able === 1) return { command, identity: answer };
    seen.push(`${command} is ${major}.${minor}${able === 1 ? '' : ' without venv'}`);
  }
  throw new MissingEngine('bigquery', `Python ${OLDEST.join('.')} or newer with venv is needed; ${seen.length > 0 ? seen.join(', ') : 'there is none on the PATH'}.`, 'Install it (with apt: python3 python3-venv; with Homebrew: python@3.13).');
}
