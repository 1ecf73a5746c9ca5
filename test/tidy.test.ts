import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The house rules that matter, read off the source: each failure names the place and what to use instead. */
const ROOT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const files = globSync('{functions,sql,bench,cost,engines,smoke}/**/*.ts', { cwd: ROOT }).sort();
const CORE = /^functions\/(payment|pipeline|ledger|reconciliation)\//;

/** Lines of code that match, as `file:line`; comments don't count. */
function places(among: readonly string[], pattern: RegExp): string[] {
  return among.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line.replace(/\/\/.*$|^\s*\*.*$|\/\*\*.*$/, '')) ? [`${file}:${index + 1}`] : [])),
  );
}

const core = files.filter((file) => CORE.test(file));

test('there is a core to look at', () => expect(core.length).toBeGreaterThan(30));

describe('the core', () => {
  const rules: [string, RegExp, string][] = [
    ['reads no clock', /Date\.now|new Date\(\)|performance\./, 'take a Clock, or the time as a value'],
    ['makes no randomness', /Math\.random|randomUUID|randomBytes/, 'take Ids'],
    ['prints nothing', /\bconsole\.|process\.std/, 'return a value; the command line prints'],
    ['touches no file, network or environment', /from 'node:(fs|net|http|https|child_process|os|path)|process\.env/, 'take a port'],
    ['knows no vendor', /@duckdb|node:sqlite|@google-cloud/, 'take a port; vendors live in adapters/'],
    ['has no timers', /setTimeout|setInterval/, 'effects belong to the rim'],
  ];
  test.each(rules)('%s', (_name, pattern, instead) => expect(places(core, pattern), instead).toEqual([]));
});

test('money is never a float', () => {
  const money = files.filter((file) => /^functions\/(payment|pipeline|ledger|reconciliation)\/|^functions\/adapters/.test(file));
  expect(places(money, /parseFloat|toFixed|Number\([^)]*(amount|minor|gross|net|effect)/), 'use bigint, or decimal text').toEqual([]);
});

test('figures for people are written in one place, so in one way', () => {
  const others = files.filter((file) => file.startsWith('functions/') && file !== 'functions/figures.ts');
  expect(places(others, /toLocaleString|toFixed|NumberFormat|\\B\(\?=|=== 1 \? '' : 's'/), 'use functions/figures.ts').toEqual([]);
});

describe('imports run one way', () => {
  const rooms: [string, string[]][] = [
    ['payment', ['payment', 'limits.ts']],
    ['pipeline', ['payment', 'pipeline', 'ports.ts', 'config.ts', 'limits.ts']],
    ['ledger', ['payment', 'ledger', 'ports.ts', 'config.ts', 'limits.ts']],
    ['reconciliation', ['payment', 'ledger', 'reconciliation', 'ports.ts', 'config.ts', 'limits.ts', 'figures.ts']],
    ['simulator', ['payment', 'simulator', 'limits.ts']],
    ['adapters', ['payment', 'pipeline', 'ledger', 'adapters', 'reconciliation', 'ports.ts', 'config.ts', 'limits.ts', 'failure.ts', 'figures.ts']],
  ];
  test.each(rooms)('%s', (room, allowed) => {
    const wrong = files.filter((file) => file.startsWith(`functions/${room}/`)).flatMap((file) => importsOf(file).filter((target) => target.startsWith('functions/') && !allowed.includes(target.split('/')[1])).map((target) => `${file} → ${target}`));
    expect(wrong).toEqual([]);
  });

  test('the raw archive imports nothing of the pipeline', () => {
    expect(importsOf('functions/adapters/embedded/archive-splitter.ts')).toEqual([]);
    expect(importsOf('functions/adapters/embedded/raw-archive.ts').filter((target) => !target.startsWith('functions/adapters/embedded/'))).toEqual([]);
  });
});

function importsOf(file: string): string[] {
  const specifiers = [...read(file).matchAll(/from '(\.[^']+)'/g)].map((found) => found[1]);
  return specifiers.map((specifier) => relative(ROOT, join(ROOT, dirname(file), specifier)));
}

test('the numbers of the steps are their order in pipeline.ts', () => {
  const named = globSync('functions/pipeline/[0-9]*-*.ts', { cwd: ROOT }).map((file) => file.split('/').at(-1)!).sort();
  const imported = [...read('functions/pipeline/pipeline.ts').matchAll(/from '\.\/(\d[^']+)'/g)].map((found) => found[1]);
  expect(named).toEqual(['1-decode.ts', '2-watermark.ts', '3-claim.ts', '4-enrich.ts', '5-record.ts']);
  expect(imported).toEqual(named);
});

test('no file is longer than 300 lines, and half have at most 80', () => {
  const lengths = files.map((file) => [read(file).split('\n').length, file] as const).sort((a, b) => a[0] - b[0]);
  expect(lengths.filter(([length]) => length > 300)).toEqual([]);
  expect(lengths[Math.floor(lengths.length / 2)][0]).toBeLessThanOrEqual(80);
});

/** What an exported function begins with: a declaration, or a constant that holds an arrow function. */
const EXPORTED_FUNCTION = /^export (?:async )?(?:function\b|const \w+(?:: [\w<>, ]+)? = (?:async )?(?:\(|<|\w+ =>))/;

test('every exported function says what it does', () => {
  const undocumented = files.filter((file) => file.startsWith('functions/')).flatMap((file) => {
    const lines = read(file).split('\n');
    return lines.flatMap((line, index) => (EXPORTED_FUNCTION.test(line) && !lines[index - 1]?.endsWith('*/') ? [`${file}:${index + 1}`] : []));
  });
  expect(undocumented, 'write what it promises above it, in /** */: units, errors, where a rule comes from').toEqual([]);
});

test('journal and ledger are only ever added to', () => {
  const sources = [...files, ...globSync('sql/**/*.sql', { cwd: ROOT })];
  const statements = /\b(UPDATE|DELETE FROM|MERGE INTO|TRUNCATE( TABLE)?)\s+(payment_journal|payment_transactions|raw_messages|audit_log|posting_runs|posting_totals|reconciliation_(?!head\b)\w+)/i;
  expect(places(sources, statements), 'append a row that corrects').toEqual([]);
});

test('nothing is left switched off or unfinished', () => {
  const tests = globSync('test/**/*.ts', { cwd: ROOT }).filter((file) => file !== 'test/tidy.test.ts');
  expect(places([...files, ...tests], /\b(it|test|describe)\.(only|skip|todo)\b|TODO|FIXME/)).toEqual([]);
});

test('the lockfile holds every optional dependency, so that `npm ci` works on each platform', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { optionalDependencies?: Record<string, string> }> };
  const missing = Object.entries(packages).flatMap(([name, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).filter((wanted) => !packages[`node_modules/${wanted}`] && !packages[`${name}/node_modules/${wanted}`]),
  );
  expect(missing, 'make the lockfile anew without node_modules, with versions that the registry has for all platforms').toEqual([]);
});
