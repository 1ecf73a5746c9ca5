import { JOURNAL_COLUMNS, type JournalColumn, NUMERIC_SCALE } from '../functions/adapters/journal-columns.ts';
import { formatMinor } from '../functions/payment/money.ts';
import type { JournalLine } from '../functions/pipeline/journal-line.ts';

/** The numbers that protobuf gives the types which journal columns need. https://protobuf.dev/reference/protobuf/google.protobuf/#field-descriptor-proto */
const PROTO_TYPE = { INT64: 3, STRING: 9, BYTES: 12 } as const;
const OPTIONAL = 1;

/** Which protobuf type the Storage Write API takes for a column. https://cloud.google.com/bigquery/docs/supported-data-types */
function protoType({ type }: JournalColumn): number {
  switch (type) {
    case 'INT64':
    case 'TIMESTAMP': // microseconds
      return PROTO_TYPE.INT64;
    case 'BYTES':
      return PROTO_TYPE.BYTES;
    case 'STRING':
    case 'NUMERIC(38,9)': // decimal text
      return PROTO_TYPE.STRING;
  }
}

/** The message that a row is, as the API wants to be told. `journaled_at` isn't in it. */
export const ROW_DESCRIPTOR = {
  name: 'payment_journal',
  field: JOURNAL_COLUMNS.map((column, index) => ({ name: column.name, number: index + 1, type: protoType(column), label: OPTIONAL })),
};

const VARINT = 0;
const LENGTH_DELIMITED = 2;
/** The most bytes that a tag and a number, or a tag and a length, take. */
const BYTES_AROUND_VALUE = 12;

/** A journal line as one serialised row, in one buffer. What is null is left out. */
export function protoRow(line: JournalLine): Buffer {
  const values = JOURNAL_COLUMNS.map((column) => valueOf(column, line));
  const row = Buffer.allocUnsafe(values.reduce<number>((sum, value) => sum + BYTES_AROUND_VALUE + byteLength(value), 0));
  let end = 0;
  values.forEach((value, index) => {
    if (value === null) return;
    const wire = typeof value === 'bigint' ? VARINT : LENGTH_DELIMITED;
    end = writeVarint(row, end, ((index + 1) << 3) | wire);
    if (typeof value === 'bigint') end = value < 0n ? writeNegative(row, end, value) : writeVarint(row, end, Number(value)); // our numbers are below 2⁵³
    else end = writeBytes(row, writeVarint(row, end, byteLength(value)), value);
  });
  return row.subarray(0, end);
}

type Value = string | Uint8Array | bigint | null;

function valueOf({ type, value }: JournalColumn, line: JournalLine): Value {
  switch (type) {
    case 'STRING':
    case 'BYTES':
    case 'INT64':
      return value(line);
    case 'TIMESTAMP': {
      const micros = value(line);
      return micros === null ? null : BigInt(micros);
    }
    case 'NUMERIC(38,9)': {
      const steps = value(line);
      return steps === null ? null : formatMinor(steps, NUMERIC_SCALE);
    }
  }
}

function byteLength(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  return value instanceof Uint8Array ? value.length : 0;
}

function writeBytes(row: Buffer, at: number, value: string | Uint8Array): number {
  if (typeof value === 'string') return at + row.write(value, at);
  row.set(value, at);
  return at + value.length;
}

function writeVarint(row: Buffer, at: number, value: number): number {
  let [end, rest] = [at, value];
  for (; rest > 127; rest = Math.floor(rest / 128)) row[end++] = (rest % 128) | 128;
  row[end++] = rest;
  return end;
}

/** A negative number takes ten bytes: two's complement in 64 bits. */
function writeNegative(row: Buffer, at: number, value: bigint): number {
  let [end, rest] = [at, BigInt.asUintN(64, value)];
  for (; rest > 127n; rest >>= 7n) row[end++] = Number(rest & 127n) | 128;
  row[end++] = Number(rest);
  return end;
}
