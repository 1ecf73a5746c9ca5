import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BREAK_TYPES, breakStatement } from '../../../functions/reconciliation/breaks.ts';
import { TITLED_BREAK_TYPES } from '../../../functions/reconciliation/report/words.ts';

const ROOT = join(import.meta.dirname, '../../..');
const DOCS = readFileSync(join(ROOT, 'docs/breaks.md'), 'utf8');
const types = BREAK_TYPES.map((one) => one.type);

/** The part of the page about one type, white space as one blank. */
function chapter(type: string): string {
  const start = DOCS.indexOf(`\n## ${type}\n`);
  const end = DOCS.indexOf('\n## ', start + 1);
  return DOCS.slice(start, end < 0 ? undefined : end).replaceAll(/\s+/g, ' ');
}

test('each type has a statement of its name, and each statement a type', () => {
  const statements = globSync('sql/jobs/reconcile/breaks/*.sql', { cwd: ROOT }).sort();
  expect(types.map((type) => `sql/${breakStatement(type)}`).sort()).toEqual(statements);
});

test('docs/breaks.md has a chapter for each type, errors first, and no other', () => {
  expect([...DOCS.matchAll(/^## (\w+_\w+)$/gm)].map((found) => found[1])).toEqual(types);
});

test.each(BREAK_TYPES)('docs/breaks.md says of $type what the code says', ({ type, severity, meaning, next_step }) => {
  expect(chapter(type)).toContain(`*${severity === 'ages' ? 'warning, from seven days on an error' : severity}*`);
  expect(chapter(type)).toContain(meaning);
  expect(chapter(type)).toContain(next_step);
  expect(chapter(type), 'an example').toContain('Example:');
});

test('the report has plain words for each type', () => {
  expect(TITLED_BREAK_TYPES.toSorted()).toEqual(types.toSorted());
});
