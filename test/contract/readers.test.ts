import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromDuckdbRow } from '../../functions/adapters/embedded/duckdb-values.ts';
import { type OversizedLine, readLine, type ReadMessage, readOversizedLine } from '../../functions/adapters/embedded/read-line.ts';
import { openStore, type Store } from '../../functions/adapters/embedded/store.ts';
import { readStrictObject } from '../../functions/adapters/strict-object.ts';
import { parseRfc3339 } from '../../functions/payment/time.ts';
import { fillArchive, isOversized } from './fill-archive.ts';
import { mutatedLine } from './mutated-lines.ts';
import { NASTY_LINES, type Reading } from './nasty-lines.ts';

const SOURCE = 'file';
const NO_ATTRIBUTES = {};

/** What both readers say of a message. */
interface Reported {
  readonly message_id: string;
  readonly data_sha256: string;
  readonly data: string;
  readonly published_at: number | null;
  readonly dead_letter_published_at: number | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly source: string;
  readonly line_number: number | null;
}

let directory: string;
let store: Store;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'readers-'));
  store = await openStore(directory);
});
afterAll(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

const bytesOf = (line: string | Uint8Array): Buffer => Buffer.from(line as Uint8Array);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function byPipeline(lines: readonly (Uint8Array | OversizedLine)[]): Reported[] {
  return lines.map((line, index) => reported(isOversized(line) ? readOversizedLine(line, SOURCE, index + 1) : readLine(line, SOURCE, index + 1)));
}

function reported(read: ReadMessage): Reported {
  const { message_id, published_at, dead_letter_published_at, attributes, source, line_number } = read;
  return { message_id, data_sha256: read.data_sha256.toString('hex'), data: sha256(read.data), published_at, dead_letter_published_at, attributes: { ...attributes }, source, line_number };
}

async function byArchive(lines: readonly (Uint8Array | OversizedLine)[]): Promise<Reported[]> {
  const { connection } = store;
  await fillArchive(connection, SOURCE, lines);
  // The id as bytes: DuckDB's client for Node drops a BOM at the beginning of a text that it hands out.
  const result = await connection.runAndReadAll('SELECT * REPLACE (encode(message_id) AS message_id) FROM archived_messages ORDER BY line_number');
  return result.getRowObjects().map((row) => {
    const { message_id, data_sha256, data, published_at, dead_letter_published_at, attributes, source, line_number } = fromDuckdbRow(row);
    return {
      message_id: Buffer.from(message_id as Uint8Array).toString(),
      data_sha256: Buffer.from(data_sha256 as Uint8Array).toString('hex'),
      data: sha256(data as Uint8Array),
      published_at: published_at as number | null,
      dead_letter_published_at: dead_letter_published_at as number | null,
      attributes: attributes === null ? NO_ATTRIBUTES : stringsIn(attributes as string),
      source: source as string,
      line_number: Number(line_number),
    };
  });
}

function stringsIn(json: string): Record<string, string> {
  const object = readStrictObject(Buffer.from(json));
  if (object === null) throw new Error(`the archive's attributes are no object: ${json}`);
  return Object.fromEntries(Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function micros(time: string | undefined): number | null {
  return time === undefined ? null : parseRfc3339(time)!.micros;
}

function expected(line: Uint8Array, reading: Reading, line_number: number) {
  const hash = sha256(reading.data === undefined ? line : bytesOf(reading.data));
  return {
    message_id: reading.id ?? `${SOURCE}:${line_number}`,
    data_sha256: hash,
    data: hash,
    published_at: micros(reading.published),
    dead_letter_published_at: micros(reading.deadLetterPublished),
  };
}

const CORPUS = NASTY_LINES.map(([, line]) => bytesOf(line));

test.each(NASTY_LINES.map(([name, , reading], index) => ({ name, reading, index })))('the pipeline reads: $name', ({ reading, index }) => {
  expect(byPipelineAt(index)).toMatchObject(expected(CORPUS[index], reading, index + 1));
});

function byPipelineAt(index: number): Reported {
  return reported(readLine(CORPUS[index], SOURCE, index + 1));
}

test('the archive reads every nasty line as expected, and as the pipeline does', async () => {
  expect(NASTY_LINES.length).toBeGreaterThanOrEqual(120);
  const archive = await byArchive(CORPUS);
  const wrong = NASTY_LINES.flatMap(([name, , reading], index) => {
    const want = { ...byPipelineAt(index), ...expected(CORPUS[index], reading, index + 1) };
    return same(archive[index], want) ? [] : [{ name, archive: archive[index], want }];
  });
  expect(archive.length).toBe(NASTY_LINES.length);
  expect(wrong).toEqual([]);
});

test('a nasty line among good ones changes none of them', async () => {
  const good = Array.from({ length: 100 }, (_, index) => Buffer.from(`{"message":{"messageId":"m${index}","data":"YWI="}}`));
  const archive = await byArchive(good.flatMap((line, index) => [line, CORPUS[(index * 7) % CORPUS.length]]));
  expect(archive.filter((_, index) => index % 2 === 0).map((row) => row.message_id)).toEqual(good.map((_, index) => `m${index}`));
});

test('a line over the limit is its first bytes, its own hash, and a fault', async () => {
  const long = { first_bytes: Buffer.from('{"message":{"messageId":"m"}}'), bytes: 2_000_000, sha256: Buffer.alloc(32, 7) };
  expect(await byArchive([long])).toEqual(byPipeline([long]));
  const read = readOversizedLine(long, SOURCE, 3);
  expect(read).toMatchObject({ message_id: 'file:3', data: long.first_bytes, data_sha256: long.sha256, published_at: null });
  expect(read.fault).toMatchObject({ code: 'line_too_long', field: '', found: `2000000 bytes, SHA-256 ${'07'.repeat(32)}` });
});

test('attributes that are no text are left out', () => {
  expect(readLine(bytesOf('{"message":{"attributes":{"a":1,"b":"c","d":null}}}'), SOURCE, 1).attributes).toEqual({ b: 'c' });
});

test('a line inside a larger buffer is read by its own bytes', () => {
  const piece = new Uint8Array(Buffer.from('xx{"message":{"messageId":"m"}}yy'));
  expect(readLine(piece.subarray(2, -2), SOURCE, 1).message_id).toBe('m');
});

test('both readers agree on mutations of good lines', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mutatedLine, { minLength: 600, maxLength: 1_000, size: 'max' }), async (lines) => {
      const archive = await byArchive(lines);
      const differing = byPipeline(lines).flatMap((want, index) => (same(archive[index], want) ? [] : [{ line: lines[index].toString('latin1'), archive: archive[index], pipeline: want }]));
      expect(differing).toEqual([]);
    }),
    { numRuns: 5, endOnFailure: true },
  );
}, 30_000);

function same(a: Reported, b: Reported): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(message: Reported): unknown[] {
  const { attributes, ...rest } = message;
  return [Object.entries(rest).sort(), Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))];
}
