import { expect, test } from 'vitest';
import { counted, grouped } from '../../../functions/figures.ts';
import { faultTally, MAX_KINDS_OF_FAULT } from '../../../functions/local/check/fault-tally.ts';
import { MAX_NAMES, nameCounts } from '../../../functions/local/check/name-counts.ts';

const fault = (code: string, field = 'f') => ({ code, field, found: `"${code}"`, fix: 'mend it' });

test('faults are counted once a line, commonest first, with the first five lines and one example', () => {
  const tally = faultTally();
  for (let line = 1; line <= 7; line++) tally.add([fault('b'), fault('b')], line);
  tally.add([fault('a'), fault('a', 'g')], 3);
  expect(tally.counts()).toEqual([
    { code: 'b', field: 'f', lines: 7, first_lines: [1, 2, 3, 4, 5], example: '"b"', fix: 'mend it' },
    { code: 'a', field: 'f', lines: 1, first_lines: [3], example: '"a"', fix: 'mend it' },
    { code: 'a', field: 'g', lines: 1, first_lines: [3], example: '"a"', fix: 'mend it' },
  ]);
});

test('made-up names don\'t fill memory', () => {
  const tally = faultTally();
  const names = nameCounts();
  for (let line = 1; line <= MAX_KINDS_OF_FAULT + 500; line++) {
    tally.add([fault('x', `field-${line}`)], line);
    names.add(`field-${line}`, line);
  }
  expect(tally.counts()).toHaveLength(MAX_KINDS_OF_FAULT + 1);
  expect(tally.counts()[0]).toMatchObject({ code: 'others', lines: 500 });
  expect(names.counts()).toHaveLength(MAX_NAMES + 1);
  expect(names.counts()[0]).toEqual({ name: '(others)', count: 500, first_line: MAX_NAMES + 1 });
});

test('numbers are written for people', () => {
  expect([0, 999, 1_000, 1_234_567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([counted(1, 'row'), counted(2_000, 'row')]).toEqual(['1 row', '2,000 rows']);
});
