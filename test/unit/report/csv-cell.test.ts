import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { anyText } from './any-text.ts';
import { csvCell } from '../../../functions/reconciliation/report/csv-cell.ts';

describe('a text cell', () => {
  test.each([
    ['plain', '"plain"'],
    ['', '""'],
    ['a "quote", and\r\nlines', '"a ""quote"", and\r\nlines"'],
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['\r', `"'\r"`],
    ['\0=1', `"'\0=1"`],
    ['＝1', `"'＝1"`],
    ['＋1', `"'＋1"`],
    ['－1', `"'－1"`],
    ['＠A', `"'＠A"`],
    ['  =1', `"'  =1"`],
    ['\u00a0=1', `"'\u00a0=1"`],
    ["'=1", `"''=1"`],
    ['a=1', '"a=1"'],
  ])('%j is written %j', (text, written) => expect(csvCell({ text })).toBe(written));

  it('is never a formula, and comes back whole', () => {
    const nasty = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠', "'", '"', ',', ' ', 'a', '1', '\ufeff') });
    fc.assert(fc.property(fc.oneof(nasty, anyText.map((text) => text.toWellFormed())), (text) => {
      const [[cell]] = parse(`"first"\r\n${csvCell({ text })}\r\n`, { from_line: 2, record_delimiter: '\r\n' }) as [[string]];
      expect(cell).not.toMatch(/^[\s\0]*[=+\-@＝＋－＠]/u);
      expect(cell.startsWith("'") ? cell.slice(1) : cell).toBe(text);
    }), { numRuns: 500 });
  });
});

describe('a number cell', () => {
  test.each([['-12.50', '-12.50'], ['10000000000000.00', '10000000000000.00'], [7, '7'], [null, '']])('%s is written %s', (number, written) => {
    expect(csvCell({ number })).toBe(written);
  });
  test.each(['=1', '1,000', '1e3', '', '-', '+1'])('%j is refused', (number) => expect(() => csvCell({ number })).toThrow(RangeError));
});

test('nothing is an empty cell, other than an empty text', () => expect(csvCell({ text: null })).toBe(''));
