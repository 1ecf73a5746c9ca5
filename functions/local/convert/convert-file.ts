import { realpath, stat } from 'node:fs/promises';
import { EXIT, Failure } from '../../failure.ts';
import { conversionTally } from './conversion-tally.ts';
import type { ConvertSummary } from './convert-summary.ts';
import type { ConversionMap } from './map-schema.ts';
import { outputFile } from './output-file.ts';
import { rowConverter } from './row-converter.ts';
import { openRows, type RowSource } from './row-source.ts';
import { unconvertedFile, type UnconvertedFile } from './unconverted-file.ts';

export interface ConvertProgress {
  readonly rows: number;
  /** Bytes read of the (decompressed) file. */
  readonly bytes_read: number;
}

export interface ConvertOptions {
  /** A CSV or JSON-lines file, gzipped or not. */
  readonly input: string;
  /** A validated map: from loadMap or readMap. */
  readonly map: ConversionMap;
  /** Where the payments go, as JSON lines. Rows that can't be converted go beside it. */
  readonly out: string;
  readonly progress?: (progress: ConvertProgress) => void;
}

/** Rows between two reports of progress. */
const PROGRESS_ROWS = 10_000;

/**
 * Turns somebody's export into payments, one JSON line each, in the file's order. Every row is a payment or several, or ignored
 * by a rule of the map, or in the file of unconverted rows: all counted. Both files appear only when the whole input was read.
 * Throws `Failure` where the input can't be read, isn't what the map describes, or has no rows.
 */
export async function convertFile(options: ConvertOptions): Promise<ConvertSummary> {
  await refuseSameFile(options.input, options.out);
  let bytesRead = 0;
  const source = await openRows(options.input, options.map, (bytes) => (bytesRead += bytes));
  const tally = conversionTally(options, source);
  const unconverted = unconvertedFile(options.out, options.map, source);
  const payments = await outputFile(options.out);
  try {
    await convertRows(options, source, { tally, unconverted, payments, bytesRead: () => bytesRead });
    if (tally.rows() === 0) throw new Failure(EXIT.unusable, `${options.input} has no rows.`, 'Export it again.');
    const left = await unconverted.finish();
    const written = tally.payments() > 0 || left === null;
    await (written ? payments.finish() : payments.discard());
    return tally.summary(written ? options.out : null, left);
  } catch (error) {
    await payments.discard();
    await unconverted.discard();
    throw error;
  }
}

interface Sinks {
  readonly tally: ReturnType<typeof conversionTally>;
  readonly unconverted: UnconvertedFile;
  readonly payments: { write(text: string): Promise<void> };
  readonly bytesRead: () => number;
}

async function convertRows(options: ConvertOptions, source: RowSource, { tally, unconverted, payments, bytesRead }: Sinks): Promise<void> {
  const convert = rowConverter(options.map, source.layout, tally.clockChanged);
  for await (const row of source.rows) {
    if (row === null) {
      tally.blank();
      continue;
    }
    const converted = convert(row);
    tally.add(row.line_number, converted);
    if (converted.faults) await unconverted.add(row, converted.faults);
    // The payload is the text that was decoded, with card data masked.
    for (const payment of converted.payments ?? []) await payments.write(`${payment.payload}\n`);
    if (tally.rows() % PROGRESS_ROWS === 0) options.progress?.({ rows: tally.rows(), bytes_read: bytesRead() });
  }
}

async function refuseSameFile(input: string, out: string): Promise<void> {
  const same = await Promise.all([realpath(input), realpath(out)]).then(([one, other]) => one === other, () => false);
  if (same) throw new Failure(EXIT.usage, 'The output would overwrite the input.', 'Name another file with --out.');
  if (await stat(out).then((found) => found.isDirectory(), () => false)) throw new Failure(EXIT.usage, `${out} is a directory.`, 'Name a file with --out.');
}
