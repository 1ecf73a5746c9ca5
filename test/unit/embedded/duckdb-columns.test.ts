import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { appendColumns, type ColumnWriter } from '../../../functions/adapters/embedded/duckdb-columns.ts';

/** More rows than a vector of DuckDB holds, the last one not full. */
const ROWS = 5_000;
const TEXTS = ['', 'a', 'twelve bytes', 'thirteen byte', 'é', 'a\0b', '\0', 'a long text with an é and a \0 in it', '😀', '\u{feff}x'];
const WHOLE = [0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n)];
const NUMERIC = [0n, 1n, -1n, 2n ** 63n, 2n ** 64n - 1n, 10n ** 24n, -(10n ** 24n), 10n ** 37n];

type Cells = [text: string | null, bytes: Uint8Array | null, time: number | null, whole: bigint | null, numeric: bigint | null];

test('every value and null stands in its row, whatever stands in the rows and columns before', async () => {
  const rows = Array.from({ length: ROWS }, (_, row): Cells => [
    row % 3 === 0 ? null : TEXTS[row % TEXTS.length]!,
    row % 7 === 0 ? null : Buffer.from(TEXTS[row % TEXTS.length]!),
    row % 5 === 0 ? null : row * 1_000_003,
    WHOLE[row % WHOLE.length]!,
    row > 2_100 && row % 2 === 0 ? null : NUMERIC[row % NUMERIC.length]!,
  ]);
  expect(await written(rows)).toEqual(rows.map(([text, bytes, time, whole, numeric]) => [hexOf(text), hexOf(bytes), time === null ? null : BigInt(time), whole, numeric === null ? null : decimal(numeric)]));
});

test('a whole number that INT64 cannot hold is refused, not cut', async () => {
  await expect(written([['a', null, null, 2n ** 63n, null]])).rejects.toThrow(RangeError);
  await expect(written([['a', null, null, null, 2n ** 127n]])).rejects.toThrow(RangeError);
});

const WRITERS: readonly ColumnWriter<Cells>[] = [
  { type: 'STRING', value: ([text]) => text },
  { type: 'BYTES', value: ([, bytes]) => bytes },
  { type: 'TIMESTAMP', value: ([, , time]) => time },
  { type: 'INT64', value: ([, , , whole]) => whole },
  { type: 'NUMERIC(38,9)', value: ([, , , , numeric]) => numeric },
];

async function written(rows: readonly Cells[]): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run('CREATE TABLE cells (text VARCHAR, bytes BLOB, time TIMESTAMPTZ, whole BIGINT, numeric DECIMAL(38,9))');
    await appendColumns(connection, 'cells', WRITERS, rows);
    // Texts as bytes: the client drops a BOM at the beginning of one.
    return (await connection.runAndReadAll('SELECT hex(encode(text)), hex(bytes), epoch_us(time), whole, CAST(numeric AS VARCHAR) FROM cells')).getRows();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function hexOf(value: string | Uint8Array | null): string | null {
  return value === null ? null : Buffer.from(value as Uint8Array).toString('hex').toUpperCase();
}

function decimal(steps: bigint): string {
  const digits = (steps < 0n ? -steps : steps).toString().padStart(10, '0');
  return `${steps < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
