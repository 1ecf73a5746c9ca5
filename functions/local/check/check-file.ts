import { basename } from 'node:path';
import { BrokenOff, readBytes } from '../../adapters/embedded/byte-source.ts';
import { readLines, type Line } from '../../adapters/embedded/line-reader.ts';
import { readLine, readOversizedLine } from '../../adapters/embedded/read-line.ts';
import { decodePayment, type DecodeRules } from '../../payment/decode-payment.ts';
import type { CheckSummary } from './check-summary.ts';
import { checkTally, type CheckedLine } from './check-tally.ts';

export interface CheckProgress {
  readonly lines: number;
  /** Bytes read of the (decompressed) file. */
  readonly bytes_read: number;
}

export interface CheckOptions {
  /** JSON lines, gzipped or not. */
  readonly input: string;
  /** Name in message ids made of source and line; the file's base name where it is not given. */
  readonly source?: string;
  readonly rules: DecodeRules;
  readonly progress?: (progress: CheckProgress) => void;
}

/** Lines between two reports of progress. */
const PROGRESS_LINES = 10_000;
const FROM_THE_START = { bytes_read: 0, lines_read: 0 };

/**
 * Reads a file as ingesting would, by the same reader and the same decoding, and says what it would make of it. Writes nothing.
 * Lateness isn't judged: it depends on the clock. Of a file that can be read up to a point only, it says what stands before that.
 * Throws `Failure` (exit 3) where the file can't be read at all.
 */
export async function checkFile(options: CheckOptions): Promise<CheckSummary> {
  const source = options.source ?? basename(options.input);
  const tally = checkTally();
  try {
    await readAll(options, source, tally);
    return tally.summary(options.input, source);
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    return { ...tally.summary(options.input, source), broken_off: { error: error.message, fix: 'A check keeps nothing. Get the whole file, and check that.' } };
  }
}

async function readAll(options: CheckOptions, source: string, tally: ReturnType<typeof checkTally>): Promise<void> {
  for await (const { lines, lines_read, end } of readLines(readBytes(options.input), FROM_THE_START)) {
    const before = tally.messages();
    for (const line of lines) tally.add(checkLine(line, source, options.rules));
    tally.read(lines_read);
    if (Math.floor(before / PROGRESS_LINES) < Math.floor(tally.messages() / PROGRESS_LINES)) options.progress?.({ lines: lines_read, bytes_read: end });
  }
}

function checkLine(line: Line, source: string, rules: DecodeRules): CheckedLine {
  const message = line.oversized
    ? readOversizedLine({ first_bytes: line.bytes, ...line.oversized }, source, line.line_number)
    : readLine(line.bytes, source, line.line_number);
  // A bare line's data is the line itself; an envelope's is its own, or it has an id of its own.
  const isEnvelope = message.data !== line.bytes || message.message_id !== `${source}:${line.line_number}`;
  const form = line.oversized ? 'bare' : isEnvelope ? 'envelope' : 'bare';
  if (message.fault) return { message, form, payment: null, faults: [message.fault] };
  const decoded = decodePayment(message.data, rules);
  return { message, form, payment: decoded.payment, faults: decoded.faults ?? [] };
}
