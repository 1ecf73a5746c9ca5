import { vi } from 'vitest';
import { main } from '../../functions/local/main.ts';

/** Runs one command line in this process (ten times as quick as another one); what it prints is caught. */
export async function runInProcess(args: readonly string[]): Promise<{ code: number; output: string }> {
  let output = '';
  const keep = (piece: string | Uint8Array): boolean => {
    output += typeof piece === 'string' ? piece : Buffer.from(piece).toString();
    return true;
  };
  const spies = [vi.spyOn(process.stdout, 'write').mockImplementation(keep), vi.spyOn(process.stderr, 'write').mockImplementation(keep)];
  try {
    return { code: await main(args), output };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** The words of a command line that needs no shell: quotes keep a word together. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2]!);
}
