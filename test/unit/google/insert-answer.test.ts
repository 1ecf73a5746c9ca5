import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readInsertAnswer } from '../../../functions/adapters/google/insert-answer.ts';
import { type CallResult, JournalError } from '../../../functions/adapters/google/row-store.ts';

const KIND = 'bigquery#tableDataInsertAllResponse';
const ROWS = 4;

const seldom = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { freq: 8, nil: undefined });
const word = fc.oneof(fc.constantFrom('invalid', 'stopped', 'backendError', 'no such field: x', ''), fc.jsonValue());
const rowError = fc.record({ reason: word, message: word }, { requiredKeys: [] });
const insertError = fc.record({ index: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -1, max: ROWS }) }, { weight: 1, arbitrary: fc.oneof(fc.jsonValue(), fc.constant('length')) }), errors: fc.oneof({ weight: 5, arbitrary: fc.array(rowError, { maxLength: 3 }) }, fc.jsonValue()) }, { requiredKeys: [] });
const nearly = fc.record({ kind: fc.oneof({ weight: 9, arbitrary: fc.constant(KIND) }, fc.string()), insertErrors: seldom(fc.oneof({ weight: 9, arbitrary: fc.array(insertError, { maxLength: 4 }) }, fc.jsonValue())), error: seldom(fc.record({ errors: fc.oneof(fc.array(rowError, { maxLength: 2 }), fc.jsonValue()) })) }, { requiredKeys: [] });
const body = fc.oneof({ weight: 8, arbitrary: nearly.map((value) => JSON.stringify(value)) }, fc.json(), fc.string(), nearly.map((value) => JSON.stringify(value).slice(0, -1)));
const status = fc.oneof({ weight: 4, arbitrary: fc.constant(200) }, fc.constantFrom(0, 201, 204, 302, 400, 404, 413, 429, 500, 503));

function read(answer: { status: number; text: string }): CallResult | Error {
  try {
    return readInsertAnswer(answer, ROWS);
  } catch (error) {
    return error as Error;
  }
}

test('whatever comes back, a row counts as written only by the documented answer, and only where that doesn\'t name it', () => {
  let written = 0;
  fc.assert(fc.property(status, body, (code, text) => {
    const result = read({ status: code, text });
    if (result === 'refused') expect([400, 413]).toContain(code);
    else if (result instanceof Error) expect(result).toBeInstanceOf(JournalError);
    else {
      expect(code).toBe(200);
      const answer = JSON.parse(text) as { kind: string; insertErrors?: { index?: number }[] };
      expect(answer.kind).toBe(KIND);
      const named = new Set((answer.insertErrors ?? []).map(({ index = 0 }) => index));
      expect(result.map((one) => one === 'written')).toEqual(Array.from({ length: ROWS }, (_, index) => !named.has(index)));
      written += 1;
    }
  }), { numRuns: 3_000 });
  expect(written).toBeGreaterThan(300);
});

test('an error never says more of the answer than a word of the service\'s', () => {
  fc.assert(fc.property(status, body, (code, text) => {
    const result = read({ status: code, text });
    const errors = result instanceof Error ? [result] : result === 'refused' ? [] : result.filter((one) => one instanceof Error);
    for (const { message } of errors) expect(message).toMatch(/^journal: [a-z_]+( \((\d+ ?)?\w{0,40}\))?$/);
  }), { numRuns: 1_000 });
});
