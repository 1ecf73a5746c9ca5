import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../smoke/checks/all.ts';
import { FACTS } from '../../../smoke/facts/list.ts';
import { smokeCommand } from '../../../smoke/options.ts';
import { bare, readDocument, ROOT, section, tableRows } from '../../docs/markdown.ts';

const PAGE = readDocument('docs/not-verified-locally.md');
const ASKED = '## What `npm run smoke` asks';
const rows = tableRows(PAGE.slice(0, PAGE.indexOf(ASKED)));
const NAMES = [...Object.keys(FACTS), ...CHECKS.map(({ name }) => name)];
/** What the last column names, of all rows. */
const marked = rows.flatMap((row) => row.at(-1)!.split(', ').filter((cell) => cell !== '–').map(bare));

test('every name is one of its own', () => expect(new Set(NAMES).size).toBe(NAMES.length));

test('the table of what is asked is what the code asks, in its order', () => {
  const facts = Object.entries(FACTS).map(([name, { asks }]) => [`\`${name}\``, asks, 'yes']);
  const checks = CHECKS.map(({ name, asks, no_emulator }) => [`\`${name}\``, asks, no_emulator === null ? 'yes' : `no: ${no_emulator}`]);
  expect(tableRows(section(PAGE, ASKED))).toEqual([...facts, ...checks]);
});

test('every row says by which check smoke asks it, or that it does not', () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) expect(row).toHaveLength(3);
  expect(marked.filter((name) => !NAMES.includes(name))).toEqual([]);
});

test('every check stands at a row that only a project can show', () => {
  expect(CHECKS.map(({ name }) => name).filter((name) => !marked.includes(name))).toEqual([]);
});

test('what to look at exists', () => {
  const named = [...Object.values(FACTS), ...CHECKS].flatMap(({ next }) => [...next.matchAll(/docs\/([\w/-]+\.md)((?:, | and )[\w-]+\.md)*/g)].flatMap(([text]) => text.replace('docs/', '').split(/, | and /)));
  const paths = named.map((path) => (path.includes('/') ? path : path.includes('exactly-once') ? path : `runbooks/${path}`));
  expect(paths.length).toBeGreaterThan(10);
  for (const path of paths) expect(readFileSync(join(ROOT, 'docs', path), 'utf8').length).toBeGreaterThan(0);
});

describe('the command', () => {
  test('is a script of package.json', () => {
    const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };
    expect(scripts.smoke).toMatch(/^node .*smoke\/run\.ts$/);
  });
  test('says what it leaves in the books, and how it ends', () => {
    let help = '';
    const command = smokeCommand(async () => undefined).configureOutput({ writeOut: (text) => void (help += text) });
    command.outputHelp();
    for (const words of ['nothing is ever deleted from journal and ledger', '`smoke-`', '--into-live-books', 'Exit codes: 0']) expect(help.replace(/\s+/g, ' ')).toContain(words);
  });
});
