import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLine } from '../../../functions/adapters/embedded/read-line.ts';
import { simulateFile } from '../../../functions/local/simulate-file.ts';
import type { AnswerKey } from '../../../functions/simulator/answer-key.ts';

/** One message to publish. Pub/Sub gives it an id of its own. */
export interface ToPublish {
  /** The id that the answer key knows it by. */
  readonly simulated_id: string;
  readonly data: Buffer;
  readonly attributes: Record<string, string>;
}

export interface Traffic {
  /** Messages in waves: a copy of a payment is in a later one than what it copies, so that the first to be published is the first to come. */
  readonly waves: readonly (readonly ToPublish[])[];
  readonly key: AnswerKey;
}

/** A day of simulated traffic, as the messages that its producers published: without what only a delivery repeats. */
export async function simulatedTraffic(payments: number, seed: number, start: string): Promise<Traffic> {
  const directory = mkdtempSync(join(tmpdir(), 'payments-test-'));
  const [file, key] = [join(directory, 'f.jsonl'), join(directory, 'key.json')];
  await simulateFile({ payments, days: 1, seed, start, source: 'f.jsonl', rates: RATES }, file, key);
  const seen = new Set<string>();
  const copies = new Map<string, number>();
  const waves: ToPublish[][] = [];
  readFileSync(file).toString('latin1').split('\n').forEach((text, index) => {
    if (text.trim() === '') return;
    const { message_id, data, data_sha256, attributes } = readLine(Buffer.from(text.replace(/\r$/, ''), 'latin1'), 'f.jsonl', index + 1);
    const name = `${message_id} ${data_sha256.toString('hex')}`;
    if (seen.has(name)) return; // a redelivery
    seen.add(name);
    const payment = transactionOf(data) ?? name;
    const wave = copies.get(payment) ?? 0;
    copies.set(payment, wave + 1);
    (waves[wave] ??= []).push({ simulated_id: message_id, data: Buffer.from(data), attributes: { ...attributes } });
  });
  const answers = JSON.parse(readFileSync(key, 'utf8')) as AnswerKey;
  rmSync(directory, { recursive: true });
  return { waves, key: answers };
}

/** More faults than usual, as there are few payments. Dead letters come about by themselves, not from the file. */
const RATES = { republished: 0.05, conflicts: 0.02, rejects: 0.02, broken_lines: 0.01, truncated_last_line: 0, card_data: 0.01, dead_letters: 0, message_id_reused: 0 };

function transactionOf(data: Uint8Array): string | null {
  return /"transaction_id"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(Buffer.from(data).toString())?.[1] ?? null;
}
