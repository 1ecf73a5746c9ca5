import { expect, test } from 'vitest';
import { terminalText } from '../../../functions/local/terminal-text.ts';

test.each([
  ['\u001b[2J', '\\u001b[2J'],
  ['\u009b31m\u007f', '\\u009b31m\\u007f'],
  ['a\rb', 'a\\u000db'],
  ['a\r\nb\tc', 'a\r\nb\tc'],
  ['\u202eabc\u2066', '\\u202eabc\\u2066'],
  ['Müller 😀 ─', 'Müller 😀 ─'],
])('%j is printed as %j', (text, printed) => expect(terminalText(text)).toBe(printed));

test('in a JSON text it is an escape, which reads as the same character', () => {
  const value = { '\u009b': '\u007f\u202e\u001b' };
  expect(JSON.parse(terminalText(JSON.stringify(value)))).toEqual(value);
});
