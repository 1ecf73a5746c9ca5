import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import Value from 'typebox/value';
import { ANSWER_KEY_SCHEMA } from '../../../functions/simulator/answer-key.ts';
import { judge } from '../../../functions/simulator/judge.ts';
import { readFileNaively } from './naive-ledger.ts';
import { simulated } from './simulated.ts';

describe('the answer key', () => {
  test.each([
    { name: 'two weeks', options: { seed: 1 } },
    { name: 'another seed', options: { seed: 20_240_229, payments: 6_000, source: 'Zahlungen é.jsonl' } },
    { name: 'many copies and rejects', options: { seed: 3, payments: 6_000, rates: { republished: 0.2, redelivered: 0.1, rejects: 0.05, conflicts: 0.05, dead_letters: 0.05, odd_but_valid: 0.05, broken_lines: 0.02, bare_lines: 0.3, pull_lines: 0.2, carriage_returns: 0.3, blank_lines: 0.05 } } },
    { name: 'one day, a year ago, few payments', options: { seed: 4, payments: 700, days: 1, start: '2023-06-30T00:00:00Z' } },
    { name: 'a single payment', options: { seed: 5, payments: 1, days: 1 } },
  ])('says what a naive reading of the file finds: $name', async ({ options }) => {
    const { file, key } = await simulated(options);
    const reading = readFileNaively(file, key.source);
    expect(judge(key, reading.observed).filter((finding) => !finding.ok)).toEqual([]);
    expect(key).toMatchObject({
      lines: reading.lines,
      blank_lines: reading.blankLines,
      redeliveries: reading.redeliveries,
      dead_letters_of_messages_in_the_file: reading.deadLettersAgain,
      postings: reading.observed.postings,
      duplicate_money: reading.observed.duplicate_money,
    });
  });

  test('meets its JSON Schema, and the schema in docs is the one in the code', async () => {
    const { key } = await simulated({ payments: 6_000 });
    expect([...Value.Errors(ANSWER_KEY_SCHEMA, JSON.parse(JSON.stringify(key)))]).toEqual([]);
    expect(Value.Check(ANSWER_KEY_SCHEMA, { ...key, outcomes: {} })).toBe(false);
    expect(readFileSync('docs/answer-key.schema.json', 'utf8')).toBe(`${JSON.stringify(ANSWER_KEY_SCHEMA, null, 2)}\n`);
  });
});
