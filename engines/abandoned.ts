import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A name for what only this process may use: clearAbandoned removes it once this process is gone. */
export function nameOfOurs(prefix: string): string {
  return `${prefix}${process.pid}-`;
}

/** Removes what processes left behind that were killed: entries of a folder whose name has the process id after the prefix. */
export async function clearAbandoned(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(prefix) ? Number(/^(\d+)-/.exec(name.slice(prefix.length))?.[1] ?? 0) : 0;
    if (pid > 0 && !runs(pid)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // it runs, and is another user's
  }
}
