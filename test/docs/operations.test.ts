import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NOT_POST, REFUSALS } from '../../functions/deployed/door.ts';
import { FUNCTION_NAMES, FUNCTION_VARIABLES } from '../../functions/deployed/function-variables.ts';
import { VERDICT_LINES } from '../../functions/deployed/reconcile-job.ts';
import { VARIABLES } from '../../functions/deployed/variables.ts';
import * as index from '../../functions/index.ts';
import { bare, readDocument, ROOT, section, tableRows } from './markdown.ts';

const OPERATIONS = readDocument('docs/operations.md');
const rowsUnder = (heading: string) => tableRows(section(OPERATIONS, heading));

test('the functions are those that functions/index.ts exports, and nothing else is exported', () => {
  expect(Object.keys(index).sort()).toEqual([...FUNCTION_NAMES].sort());
  for (const name of FUNCTION_NAMES) expect(index[name]).toBeTypeOf('function');
  expect(rowsUnder('## Functions').map(([name]) => bare(name!))).toEqual([...FUNCTION_NAMES]);
});

test('the table of variables is what functions read', () => {
  const expected = Object.entries(VARIABLES).map(([name, { variable, says, form, standard }]) => {
    const readers = FUNCTION_NAMES.filter((one) => (FUNCTION_VARIABLES[one] as readonly string[]).includes(name));
    const left = FUNCTION_NAMES.filter((one) => !readers.includes(one));
    const who = left.length === 0 ? 'all' : left.length === 1 ? `all but \`${left[0]}\`` : readers.map((one) => `\`${one}\``).join(', ');
    return [`\`${variable}\``, who, standard === undefined ? 'must be set' : standard === null ? 'none' : `\`${standard}\``, says, form.says];
  });
  expect(rowsUnder('## Variables')).toEqual(expected);
});

/** Words in a call that decide its severity. */
const NO_MESSAGES = new Set(['transient', 'refused']);

test('every line that is written to the log is in the table, and no other', () => {
  const sources = ['deployed', 'wiring', 'adapters/google'].flatMap((room) => globSync(`functions/${room}/*.ts`, { cwd: ROOT })).map((file) => readFileSync(join(ROOT, file), 'utf8'));
  const calls = sources.flatMap((text) => [...text.matchAll(/\.write\(([^;{]*)/g)].map(([, given]) => given!));
  const quoted = calls.flatMap((given) => [...given.matchAll(/'((?:[^'\\]|\\.)+)'/g)].map(([, words]) => words!.replaceAll("\\'", "'")));
  const written = quoted.filter((words) => !/^[A-Z]+$/.test(words) && !NO_MESSAGES.has(words));
  const verdicts = Object.values(VERDICT_LINES).map(([, message]) => message);
  expect(new Set(rowsUnder('## Log').map(([, message]) => bare(message!)))).toEqual(new Set([...written, ...verdicts]));
  for (const [severity, message] of Object.values(VERDICT_LINES)) expect(rowsUnder('## Log').find((row) => bare(row[1]!) === message)![0]).toBe(severity);
});

test('every answer of the door is in the table', () => {
  const statuses = new Set(rowsUnder('## Answers').map(([status]) => Number(status)));
  for (const { status } of [NOT_POST, ...Object.values(REFUSALS)]) expect(statuses).toContain(status);
});
