import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stampedColumns } from '../../../engines/bigquery-shim/default-stamps.ts';
import { PROJECT, shimOnStub } from './stub-upstream.ts';

const INSERT = `${PROJECT}/datasets/d/tables/payment_journal/insertAll`;

async function inserted(table: string, body: string): Promise<string> {
  const { call, seen } = await shimOnStub(() => ({ body: '{}' }));
  await call('POST', `${PROJECT}/datasets/d/tables/${table}/insertAll`, body);
  return seen[0].body.toString();
}

test('the columns are those with CURRENT_TIMESTAMP() in sql/tables', () => {
  expect(stampedColumns('payment_journal')).toEqual(['journaled_at']);
  expect(stampedColumns('posting_head')).toEqual([]);
  expect(stampedColumns('unknown')).toEqual([]);
});

describe('rows without journaled_at are stamped', () => {
  test('each after the last, also within one microsecond and over several requests', async () => {
    const { call, seen } = await shimOnStub(() => ({ body: '{}' }));
    for (const rows of ['[{"json":{"a":1}},{"json":{}}]', '[{"json":{"a":3}}]']) await call('POST', INSERT, `{"rows":${rows}}`);
    const stamps = seen.flatMap(({ body }) => (JSON.parse(body.toString()) as { rows: { json: { journaled_at: string } }[] }).rows.map(({ json }) => json.journaled_at));
    expect(stamps).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000001Z', '2026-01-01T00:00:00.000002Z']);
  });
  const cases: [string, string, string, string][] = [
    ['another table', 'posting_head', '{"rows":[{"json":{"run":1}}]}', '{"rows":[{"json":{"run":1}}]}'],
    ['a row with a stamp', 'payment_journal', '{"rows": [{"json": {"journaled_at": "x"}}]}', '{"rows": [{"json": {"journaled_at": "x"}}]}'],
    ['a stamp of null is the row\'s own', 'payment_journal', '{"rows":[{"json":{"JOURNALED_AT":null}}]}', '{"rows":[{"json":{"JOURNALED_AT":null}}]}'],
    ['the rest of the body stays', 'payment_journal', '{"skipInvalidRows":true,"rows":[{"insertId":"i","json":{"a":1.10}}]}', '{"skipInvalidRows":true,"rows":[{"insertId":"i","json":{"a":1.10,"journaled_at":"2026-01-01T00:00:00Z"}}]}'],
    ['no rows', 'payment_journal', '{ "rows": [] }', '{ "rows": [] }'],
    ['no JSON', 'payment_journal', '{"rows":', '{"rows":'],
  ];
  test.each(cases)('%s', async (_name, table, body, expected) => expect(await inserted(table, body)).toBe(expected));
});

test('no number and no text of a row changes on the way', async () => {
  const { call, seen } = await shimOnStub(() => ({ body: '{}' }));
  await fc.assert(
    fc.asyncProperty(fc.bigInt(), fc.string({ unit: 'binary' }), async (number, text) => {
      await call('POST', INSERT, `{"rows":[{"json":{"n":${number},"text":${JSON.stringify(text)}}}]}`);
      const sent = seen.at(-1)!.body.toString();
      expect(sent).toMatch(new RegExp(`"n":${number},`));
      expect((JSON.parse(sent) as { rows: { json: { text: string } }[] }).rows[0].json.text).toBe(text);
    }),
    { numRuns: 50 },
  );
});
