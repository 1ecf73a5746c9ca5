import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { convertFile } from '../../../functions/local/convert/convert-file.ts';
import { convertExitCode, renderConvert, type ConvertSummary } from '../../../functions/local/convert/convert-summary.ts';
import type { ConversionMap } from '../../../functions/local/convert/map-schema.ts';
import { Failure } from '../../../functions/failure.ts';
import { mapWith } from './maps.ts';

const folder = mkdtempSync(join(tmpdir(), 'convert-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

interface Converted {
  readonly summary: ConvertSummary;
  readonly out: string;
  readonly payments: readonly Record<string, unknown>[];
  readonly unconverted: string | null;
}

async function convert(content: string | Buffer, map: ConversionMap): Promise<Converted> {
  const input = join(folder, `input-${++files}`);
  writeFileSync(input, content);
  return convertOf(input, map, join(folder, `out-${files}.jsonl`));
}

async function convertOf(input: string, map: ConversionMap, out: string): Promise<Converted> {
  const summary = await convertFile({ input, map, out });
  const payments = summary.out === null ? [] : readFileSync(out, 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>);
  return { summary, out, payments, unconverted: summary.unconverted_file && readFileSync(summary.unconverted_file, 'utf8') };
}

async function failure(content: string | Buffer, map: ConversionMap): Promise<string> {
  const error = await convert(content, map).then(() => null, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).exitCode).toBe(3);
  expect(readdirSync(folder).filter((name) => name.startsWith(`out-${files}.`))).toEqual([]);
  return (error as Failure).message;
}

const NAMED = { customer_id: { column: ['Kunde', 'Customer'] } };
const MAP = mapWith(NAMED);
const JSON_NAMED = { customer_id: { column: ['Kunde', 'customer'] } };
const JSONL = mapWith(JSON_NAMED, { input: { format: 'jsonl' } });
const HEADER = 'id,time,amount,currency,customer';
const row = (id: string, amount = '10.50', customer = 'c') => `${id},2026-01-31T12:00:00Z,${amount},EUR,${customer}`;
const csv = (...rows: string[]) => `${[HEADER, ...rows].join('\n')}\n`;
const customers = ({ payments }: Converted) => payments.map((payment) => payment.customer_id);
const ids = ({ payments }: Converted) => payments.map((payment) => payment.transaction_id);

describe('a CSV file', () => {
  const PLAIN = csv(row('1', '10.50', 'Müller €'), row('2'));
  test.each<[string, string | Buffer, string, string | null]>([
    ['plain', PLAIN, 'utf-8', ','],
    ['with a byte order mark', `\ufeff${PLAIN}`, 'utf-8', ','],
    ['with CR LF', PLAIN.replaceAll('\n', '\r\n'), 'utf-8', ','],
    ['with CR alone', PLAIN.replaceAll('\n', '\r'), 'utf-8', ','],
    ['without a last line end', PLAIN.trimEnd(), 'utf-8', ','],
    ['with semicolons', PLAIN.replaceAll(',', ';'), 'utf-8', ';'],
    ['with tabs', PLAIN.replaceAll(',', '\t'), 'utf-8', '\t'],
    ['with bars', PLAIN.replaceAll(',', '|'), 'utf-8', '|'],
    ['all quoted', PLAIN.replace(/[^,\n]+/g, '"$&"'), 'utf-8', ','],
    ['padded, with trailing empty columns', PLAIN.replaceAll(',', ' , ').replaceAll('\n', ',,\n'), 'utf-8', ','],
    ['with other spellings', PLAIN.replace(HEADER, ' ID ,Time,AMOUNT,Currency,KUNDE '), 'utf-8', ','],
    ['with rows above the header', `Statement\n\n"for, you",1\n${PLAIN}`, 'utf-8', ','],
    ['in Windows-1252', Buffer.from(PLAIN.replace('ü', '\xfc').replace('€', '\x80'), 'latin1'), 'windows-1252', ','],
    ['in UTF-16', Buffer.from(`\ufeff${PLAIN}`, 'utf16le'), 'utf-16le', ','],
    ['gzipped', gzipSync(PLAIN), 'utf-8', ','],
  ])('%s', async (_name, content, encoding, delimiter) => {
    const result = await convert(content, MAP);
    expect(ids(result)).toEqual(['1', '2']);
    expect(customers(result)).toEqual(['Müller €', 'c']);
    expect(result.summary).toMatchObject({ encoding, delimiter, rows: 2, converted_rows: 2, payments: 2, unconverted_rows: 0, unconverted_file: null });
    expect(result.summary.totals).toEqual([{ currency: 'EUR', kind: 'payment', payments: 2, amount: '21.00' }]);
    expect(convertExitCode(result.summary)).toBe(0);
  });

  test('has cells with delimiters, quotes and line ends', async () => {
    const result = await convert(csv(row('1', '"1,000.00"', '"a ""b"""'), row('2', '1', '5" pipe'), '"3\n",2026-01-31T12:00:00Z,1,EUR,c', row('4')), MAP);
    expect(customers(result)).toEqual(['a "b"', '5" pipe', 'c', 'c']);
    expect(ids(result)).toEqual(['1', '2', '3', '4']);
  });

  test('has no quotes where the map says so', async () => {
    const tabs = csv(row('1', '1', '"open'), row('2')).replaceAll(',', '\t');
    expect(customers(await convert(tabs, mapWith(NAMED, { input: { format: 'csv', quote: 'none' } })))).toEqual(['"open', 'c']);
    expect(await failure(tabs, MAP)).toContain('The row that begins on line 2 doesn\'t end');
  });

  test('keeps its header where the map says so', async () => {
    const at = (input: object) => mapWith(NAMED, { input: { format: 'csv', ...input } });
    const content = `${HEADER}\n${HEADER}\n${row('1')}\n`;
    expect((await convert(content, at({ header_row: 2 }))).summary.rows).toBe(1);
    expect((await convert(content, at({}))).summary).toMatchObject({ rows: 2, unconverted_rows: 1 });
    expect(await failure(`x\n${content}`, at({ skip_rows_until_header: false }))).toContain('missing');
  });

  test('counts every row in one place', async () => {
    const map = mapWith(NAMED, { ignore_rows: [{ column: 'currency', values: ['total'] }] });
    const { summary } = await convert(csv(row('1'), '', ',,,,', row('2', 'x'), row('3').replace('EUR', 'Total'), row('4', '-1'), row('5')), map);
    expect(summary).toMatchObject({ rows: 5, blank_rows: 2, converted_rows: 2, unconverted_rows: 2, payments: 2, ignored_rows: [{ column: 'currency', rows: 1 }] });
    expect(summary.reasons.map(({ code, lines, first_lines }) => [code, lines, first_lines])).toEqual([['amount_not_in_format', 1, [5]], ['sign_unexpected', 1, [7]]]);
    expect(convertExitCode(summary)).toBe(1);
    expect(renderConvert(summary).split('\n')[0]).toBe('2 of 5 rows could not be converted.');
  });
});

describe('rows that can\'t be converted', () => {
  test('are kept with their line and reason, and convert once they are mended', async () => {
    const first = await convert(csv(row('1'), row('2', '12x'), '3,2026-01-31T12:00:00Z,1', `${row('4')},,extra`, '', row('5', '1', '"two\nlines"'), row('6', '?', 'Müller')), MAP);
    expect(ids(first)).toEqual(['1']);
    expect(first.unconverted).toBe([
      '\ufeffline_number,reason,id,time,amount,currency,customer',
      '3,"amount_not_in_format in amount: found ""12x""",2,2026-01-31T12:00:00Z,12x,EUR,c',
      '4,"row_too_short: found ""3 of 5 cells""",3,2026-01-31T12:00:00Z,1',
      '5,"row_too_long: found ""7 cells for 5 columns""",4,2026-01-31T12:00:00Z,10.50,EUR,c,,extra',
      '7,control_character in customer_id: found a text of 9 characters,5,2026-01-31T12:00:00Z,1,EUR,"two\nlines"',
      '9,"amount_not_in_format in amount: found ""?""",6,2026-01-31T12:00:00Z,?,EUR,Müller',
      '',
    ].join('\n'));
    const mended = first.unconverted!.replace('12x,EUR', '12,EUR').replace('Z,?', 'Z,7');
    expect(ids(await convert(mended, mapWith(NAMED, { input: { format: 'csv', encoding: 'windows-1252' } })))).toEqual(['2', '6']);
  });

  test('show no card data but in what the map reads', async () => {
    const content = `${HEADER},note,cvv\n${row('4111111111111111', 'x')},card 4111 1111 1111 1111,123\n`;
    const { unconverted } = await convert(content, MAP);
    expect(unconverted!.split('\n')[1]).toBe('2,"amount_not_in_format in amount: found ""x""",4111111111111111,2026-01-31T12:00:00Z,x,EUR,c,card 411111******1111,***');
  });

  test('leave no output where none converts, and no old file where all do', async () => {
    const none = await convert(csv(row('1', 'x')), MAP);
    expect(none.summary).toMatchObject({ out: null, converted_rows: 0 });
    expect(existsSync(none.out)).toBe(false);
    expect(convertExitCode(none.summary)).toBe(3);
    const input = join(folder, 'good');
    writeFileSync(input, csv(row('1')));
    expect((await convertOf(input, MAP, none.out)).summary.unconverted_file).toBeNull();
    expect(existsSync(`${none.out}.unconverted.csv`)).toBe(false);
  });
});

describe('an id that comes again', () => {
  test('is a duplicate with the same money, else a conflict', async () => {
    const { summary } = await convert(csv(row('1'), row('2'), row('1', '10.5'), row('2', '11'), row('1')), MAP);
    expect(summary).toMatchObject({
      payments: 5,
      same_payment: { count: 2, example: { line: 4, repeats_line: 2 } },
      other_payment: { count: 1, example: { line: 5, repeats_line: 3 } },
    });
    expect(renderConvert(summary)).toContain('add a column to transaction_id');
  });
});

describe('JSON lines', () => {
  const line = (id: unknown, others: object = {}) => JSON.stringify({ id, time: '2026-01-31T12:00:00Z', amount: '1', currency: 'EUR', customer: 'c', ...others });

  test('are read by key and path, numbers by their own digits', async () => {
    const map = mapWith({ ...JSON_NAMED, transaction_id: { column: ['data.object.id', 'id'] } }, { input: { format: 'jsonl' } });
    const exact = `{"data":{"object":{"id":9007199254740993}},"time":"2026-01-31T12:00:00Z","amount":10.10,"currency":"EUR","customer":"c"}`;
    const result = await convert(`\ufeff${exact}\r\n\n${line('b')}`, map);
    expect(ids(result)).toEqual(['9007199254740993', 'b']);
    expect(result.payments[0]!.amount).toBe('10.10');
    expect(result.summary).toMatchObject({ rows: 2, delimiter: null });
  });

  test('that can\'t be converted are kept, and convert once they are mended', async () => {
    const result = await convert([line(1), '[1]', '{"id":', line(2, { amount: 1e21, note: '4111111111111111' }), `{"id":3,${line(3).slice(1)}`, '{}'].join('\n'), JSONL);
    const reason = (text: string) => `"unconverted_reason":${JSON.stringify(text)}`;
    expect(result.unconverted!.split('\n')).toEqual([
      `{"unconverted_line":2,${reason('not_json: found "[1]"')},"unconverted_text":"[1]"}`,
      `{"unconverted_line":3,${reason('not_json: found "{"id":"')},"unconverted_text":"{\\"id\\":"}`,
      `{"unconverted_line":4,${reason('amount_not_in_format in amount: found "1e+21"')},"id":2,"time":"2026-01-31T12:00:00Z","amount":1e+21,"currency":"EUR","customer":"c","note":"411111******1111"}`,
      `{"unconverted_line":5,${reason('duplicate_key: found a key twice in one object')},"id":3,${line(3).slice(1)}`,
      expect.stringContaining('{"unconverted_line":6,'),
      '',
    ]);
    expect(ids(await convert(result.unconverted!.replace('"amount":1e+21', '"amount":7'), JSONL))).toEqual(['2']);
  });
});

describe('a file that can\'t be used', () => {
  test.each<[string, string | Buffer, ConversionMap, string]>([
    ['empty', '', MAP, 'The file is empty.'],
    ['with a header alone', `${HEADER}\n`, MAP, 'has no rows'],
    ['without a needed column', 'id;time;amount\n1;2;3\n', MAP, 'Columns that the map needs are missing: "currency", "Kunde" or "Customer". The row most like a header (row 1) has: id | time | amount.'],
    ['of another kind', '<html>\n<body>', MAP, 'No row looks like a header.'],
    ['with a column twice', csv(row('1')).replace('customer', 'customer,AMOUNT'), MAP, 'The header has amount twice.'],
    ['cut within a gzip', gzipSync(csv(...Array.from({ length: 5_000 }, (_, n) => row(`${n}-${Math.sin(n)}`)))).subarray(0, -20), MAP, 'damaged or ends early'],
    ['with a quote that is never closed', csv(row('1'), '"2,2026', row('3')), MAP, 'The row that begins on line 3 doesn\'t end'],
    ['in another encoding than said', Buffer.from(csv(row('\xe9')), 'latin1'), mapWith(NAMED, { input: { format: 'csv', encoding: 'utf-8' } }), 'isn\'t in utf-8'],
  ])('%s', async (_name, content, map, message) => expect(await failure(content, map)).toContain(message));

  test('is missing, a directory, or its own output', async () => {
    const input = join(folder, 'own.csv');
    writeFileSync(input, csv(row('1')));
    await expect(convertFile({ input: join(folder, 'nowhere'), map: MAP, out: join(folder, 'o') })).rejects.toThrow('doesn\'t exist');
    await expect(convertFile({ input: folder, map: MAP, out: join(folder, 'o') })).rejects.toThrow('is not a file');
    await expect(convertFile({ input, map: MAP, out: input })).rejects.toThrow('overwrite the input');
    await expect(convertFile({ input, map: MAP, out: folder })).rejects.toThrow('is a directory');
    await expect(convertFile({ input, map: MAP, out: join(input, 'o') })).rejects.toThrow('can\'t be written');
    expect(readFileSync(input, 'utf8')).toBe(csv(row('1')));
  });
});

test('progress is told on the way', async () => {
  const input = join(folder, 'long.csv');
  writeFileSync(input, csv(...Array.from({ length: 20_000 }, (_, n) => row(`${n}`))));
  const told: number[] = [];
  await convertFile({ input, map: MAP, out: join(folder, 'long.jsonl'), progress: ({ rows }) => told.push(rows) });
  expect(told).toEqual([10_000, 20_000]);
});
