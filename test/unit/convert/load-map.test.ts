import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Schema from 'typebox/schema';
import { describe, expect, test } from 'vitest';
import { listMaps, loadMap, readMap, renderMaps } from '../../../functions/local/convert/load-map.ts';
import { mapJsonSchema } from '../../../functions/local/convert/map-json-schema.ts';
import { ROW_FAULTS } from '../../../functions/local/convert/row-faults.ts';
import { Failure } from '../../../functions/failure.ts';
import { SMALLEST } from './maps.ts';

const DOCS = join(import.meta.dirname, '../../../docs');
const schema = Schema.Compile(mapJsonSchema());

function faultsOf(map: unknown): string {
  try {
    readMap(JSON.stringify(map), 'm');
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).exitCode).toBe(2);
    return (error as Failure).message;
  }
}

const fields = (changed: object) => ({ ...SMALLEST, fields: { ...SMALLEST.fields, ...changed } });

describe('a conversion map', () => {
  test('is good with a source for each needed field', () => {
    expect(faultsOf(SMALLEST)).toBe('');
    expect(schema.Check(SMALLEST)).toBe(true);
  });

  test.each<[string, unknown, string]>([
    ['no object', [], 'the map: found a list, expected an object'],
    ['another version', { ...SMALLEST, version: 2 }, 'version: found 2, expected 1'],
    ['an unknown part', { ...SMALLEST, colour: 'red' }, 'the map: "colour" is no part of a map here'],
    ['an unknown format', { ...SMALLEST, input: { format: 'xlsx' } }, 'input.format: found "xlsx", expected one of csv, jsonl'],
    ['a long delimiter', { ...SMALLEST, input: { format: 'csv', delimiter: '::' } }, 'input.delimiter: found "::", expected one character, or "auto"'],
    ['a header in row 0', { ...SMALLEST, input: { format: 'csv', header_row: 0 } }, 'input.header_row: found 0, expected 1 or more'],
    ['no amount', { ...SMALLEST, fields: { ...SMALLEST.fields, amount: undefined } }, 'fields: amount is missing'],
    ['an unknown field', fields({ colour: { column: 'x' } }), 'fields: "colour" is no part of a map here'],
    ['an unknown property', fields({ currency: { colunm: 'x' } }), 'fields.currency: "colunm" is no part of a map here'],
    ['a column that is a number', fields({ currency: { column: 3 } }), 'fields.currency.column: found 3, expected a column name, or a list of its spellings'],
    ['an unknown kind', fields({ kind: { column: 'x', values: { a: 'sale' } } }), 'fields.kind.values.a: found "sale", expected one of payment'],
    ['an unknown time of day', fields({ event_time: { column: 'x', format: 'dd/MM/yyyy', time_of_day: '25:00' } }), 'expected a time of day such as 12:00:00'],
  ])('with %s is refused, by its JSON Schema too', (_name, map, expected) => {
    expect(faultsOf(map)).toContain(expected);
    expect(schema.Check(JSON.parse(JSON.stringify(map)))).toBe(false);
  });

  test.each<[string, unknown, string]>([
    ['two origins', fields({ currency: { column: 'x', constant: 'EUR' } }), 'fields.currency: name exactly one of column, columns and constant'],
    ['no origin', fields({ metadata: { shop: {} } }), 'fields.metadata.shop: name exactly one of'],
    ['half of in and out', fields({ amount: { column_in: 'x', format: 'decimal' } }), 'fields.amount: name column_in and column_out together'],
    ['a sign with one kind', fields({ kind: { from_sign_of: 'amount', positive: 'payment' } }), 'fields.kind: from_sign_of needs negative and positive'],
    ['a sign beside a column', fields({ kind: { from_sign_of: 'amount', positive: 'payment', negative: 'refund', column: 'x' } }), 'fields.kind: from_sign_of stands alone'],
  ])('with %s is refused, by its JSON Schema too', (_name, map, expected) => {
    expect(faultsOf(map)).toContain(expected);
    expect(schema.Check(map)).toBe(false);
  });

  test.each<[string, unknown, string]>([
    ['an unknown zone', fields({ event_time: { column: 'x', format: 'dd/MM/yyyy', zone: 'Mars/Olympus' } }), 'fields.event_time: "Mars/Olympus" is no time zone'],
    ['an unknown pattern', fields({ event_time: { column: 'x', format: 'DD/MM/YYYY' } }), 'fields.event_time: format "DD/MM/YYYY": "DD" is no part of a date pattern'],
    ['kinds by sign beside a column', fields({ kind: { column: 'x', positive: 'payment' } }), 'negative, positive and zero go with from_sign_of'],
    ['a further payment without an id', { ...SMALLEST, also: [{ fields: { amount: { column: 'fee', format: 'decimal' }, kind: { constant: 'fee' } } }] }, 'also.0.fields: transaction_id is missing'],
    ['a delimiter in JSON lines', { ...SMALLEST, input: { format: 'jsonl', delimiter: ';' } }, 'input.delimiter: JSON lines have none'],
  ])('with %s is refused', (_name, map, expected) => expect(faultsOf(map)).toContain(expected));

  test('shows a fault once', () => {
    expect(faultsOf(fields({ currency: { column: [3], colour: 'red' } }))).toBe([
      'The map m has 2 faults:', '  fields.currency: "colour" is no part of a map here.', '  fields.currency.column: found a list, expected a column name, or a list of its spellings.',
    ].join('\n'));
  });

  test('shows all its faults at once', () => {
    const message = faultsOf({ version: 3, input: { format: 'csv' }, fields: { ...SMALLEST.fields, transaction_id: {}, event_time: { column: 'x', format: 'QQ' }, amount: { column: 'x', format: 'float' } } });
    expect(message.split('\n')[0]).toBe('The map m has 4 faults:');
    for (const place of ['version: ', 'fields.transaction_id: ', 'fields.event_time: ', 'fields.amount.format: ']) expect(message).toContain(place);
  });

  test('that is no JSON, or isn\'t there, says what to do', async () => {
    expect(() => readMap('{', 'm')).toThrow('is not JSON');
    await expect(loadMap('no-such-map')).rejects.toThrow(/no-such-map can't be read \(ENOENT\)/);
  });
});

describe('the ready maps', () => {
  test('are listed with what they are for', async () => {
    const maps = await listMaps();
    expect(maps.map((map) => map.name)).toEqual(['bank-csv', 'stripe-balance', 'uk-council-spending']);
    expect(renderMaps(maps).split('\n')).toHaveLength(3);
    for (const map of maps) expect(map.description.length).toBeGreaterThan(20);
  });

  test('fit the JSON Schema', async () => {
    for (const { name } of await listMaps()) expect(schema.Check(await loadMap(name)), name).toBe(true);
  });
});

describe('the documents', () => {
  const page = readFileSync(join(DOCS, 'convert.md'), 'utf8');

  test('docs/conversion-map.schema.json is printed from the schema (vitest -u writes it)', async () => {
    await expect(`${JSON.stringify(mapJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(join(DOCS, 'conversion-map.schema.json'));
  });

  test('docs/convert.md names every reason, as the code has it', () => {
    for (const [code, { means, fix }] of Object.entries(ROW_FAULTS)) expect(page).toContain(`| \`${code}\` | ${means} | ${fix} |`);
  });

  test('docs/convert.md names every ready map, and its example is one', async () => {
    for (const { name } of await listMaps()) expect(page).toContain(`\`${name}\``);
    const examples = [...page.matchAll(/```json\n([^]*?)```/g)].map((match) => match[1]!);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(readMap(example, 'example')).toBeDefined();
  });
});
