import { main } from '../../functions/local/main.ts';
import type { Finished } from './payments-command.ts';

/** Runs `payments …` in this process, which costs a tenth of a process of its own; what it prints is caught. */
export async function run(...args: string[]): Promise<Finished> {
  const printed = { stdout: '', stderr: '' };
  const streams = ['stdout', 'stderr'] as const;
  const real = streams.map((name) => process[name].write);
  for (const name of streams) {
    process[name].write = (piece: string | Uint8Array) => {
      printed[name] += String(piece);
      return true;
    };
  }
  try {
    return { code: await main(args), ...printed };
  } finally {
    streams.forEach((name, index) => void (process[name].write = real[index]));
  }
}

/** The rows of a query on the books of `directory`, through the command. */
export async function rows(directory: string, query: string): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await run('sql', query, '--data-dir', directory, '--json');
  if (code !== 0) throw new Error(`${query}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>[];
}

/** What became of every message: `message_id disposition`, sorted. */
export async function dispositions(directory: string): Promise<string[]> {
  return (await rows(directory, 'SELECT message_id, disposition FROM message_dispositions ORDER BY 1, 2')).map((row) => `${row.message_id} ${row.disposition}`);
}
