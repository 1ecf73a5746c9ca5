import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { megabytes, zippedBytes } from '../../../infra/package/run-build.ts';
import type { RunningProcess } from '../running-process.ts';

/** Linux counts CPU in ticks of 10 ms. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const MILLISECONDS_A_TICK = 10;

/** What a start cost, in a line for people. Nothing is asserted on it: other processes share the machine. */
export async function figuresOf(folder: string, installed_after: number, { pid, started_after }: Pick<RunningProcess, 'pid' | 'started_after'>): Promise<string> {
  const code = readFileSync(join(folder, 'index.mjs'));
  const size = `${megabytes(code.length)} MB, ${megabytes(await zippedBytes(code))} MB zipped`;
  return `${size}; npm ci ${(installed_after / 1_000).toFixed(1)} s; first answer ${Math.round(started_after)} ms after the start, with ${cpuOf(pid)} of CPU`;
}

/** Where there is no /proc, nothing is known. */
function cpuOf(pid: number): string {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13).map(Number);
    return `${(user! + system!) * MILLISECONDS_A_TICK} ms`;
  } catch {
    return 'unknown ms';
  }
}
