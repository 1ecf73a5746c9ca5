import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSqlText } from '../../../functions/adapters/sql-text.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../../functions/deployed/function-variables.ts';
import { kebab } from '../../../infra/names.ts';
import { buildFunctions } from '../../../infra/package/build.ts';
import type { Bundle } from '../../../infra/package/bundle.ts';
import { runBuild } from '../../../infra/package/run-build.ts';
import { missingPackages } from '../../../infra/packages.ts';
import { sharedDirectory } from '../../support/temporary-directory.ts';

const ROOT = join(import.meta.dirname, '../../..');
const dependencies = Object.keys((JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }).dependencies);
/** Asked for within a `try`, by the client's library for messages to developers. */
const OPTIONAL_IMPORTS = ['supports-color'];

/** What each function holds of the packages that we depend on, and whether it runs statements on the books. */
const TABLE: readonly (readonly [FunctionName, readonly string[], 'with statements' | 'without statements'])[] = [
  ['processPayment', ['@google-cloud/bigquery', '@google-cloud/firestore', '@grpc/grpc-js', 'google-auth-library', 'typebox'], 'without statements'],
  ['processRedrive', ['@google-cloud/bigquery', '@google-cloud/firestore', '@grpc/grpc-js', 'google-auth-library', 'typebox'], 'without statements'],
  ['keepDeadLetter', ['@google-cloud/bigquery', 'google-auth-library', 'typebox'], 'without statements'],
  ['postLedger', ['@google-cloud/bigquery', 'google-auth-library'], 'with statements'],
  ['sweepLate', ['@google-cloud/bigquery', 'google-auth-library'], 'with statements'],
  ['reconcile', ['@google-cloud/bigquery', '@google-cloud/pubsub', '@google-cloud/scheduler', '@grpc/grpc-js', 'google-auth-library'], 'with statements'],
  ['publishReport', ['@google-cloud/bigquery', '@google-cloud/storage', 'google-auth-library'], 'with statements'],
];

/** Each statement's file, and its longest piece that stands the same in code, in whatever quotes. */
const MARKS = globSync('**/*.sql', { cwd: join(ROOT, 'sql') }).map((file) => [file, readSqlText(file).split(/[^ -~]|['"`\\$]/).sort((a, b) => b.length - a.length)[0]!] as const);

const folder = join(sharedDirectory(), 'functions');
const again = join(sharedDirectory(), 'functions');
const said: string[] = [];
const errors: string[] = [];
let bundles: ReadonlyMap<FunctionName, Bundle>;
const bundle = (name: FunctionName) => bundles.get(name)!;
const codeOf = (name: FunctionName) => Buffer.from(bundle(name).code).toString();

beforeAll(async () => {
  for (const old of ['no-longer-there', 'process-payment/node_modules']) {
    mkdirSync(join(again, old), { recursive: true });
    writeFileSync(join(again, old, 'index.mjs'), '');
  }
  const running = runBuild(again, { write: (text) => said.push(text) }, { write: (text) => errors.push(text) });
  bundles = await buildFunctions(folder);
  expect([await running, errors]).toEqual([0, []]);
}, 180_000);

test('every statement can be known by a piece of it', () => {
  expect(MARKS.length).toBeGreaterThan(50);
  expect(MARKS.filter(([, mark]) => mark.length < 20)).toEqual([]);
});

test('the table has every function', () => expect(TABLE.map(([name]) => name)).toEqual([...FUNCTION_NAMES]));

describe.each(TABLE)('%s', (name, holds, statements) => {
  test(`holds of our dependencies ${holds.join(', ')}, and no other`, () => {
    const packages = new Set(bundle(name).inputs.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
    expect(dependencies.filter((one) => packages.has(one))).toEqual(holds);
  });

  test('exports the function that the platform is told to run, and nothing else', () => expect(bundle(name).exports).toEqual([name]));

  test('asks for nothing but what Node has', () => expect(bundle(name).imports.filter((path) => !isBuiltin(path) && !OPTIONAL_IMPORTS.includes(path))).toEqual([]));

  test(`is ${statements}`, () => {
    const code = codeOf(name);
    expect(MARKS.filter(([, mark]) => code.includes(mark) !== (statements === 'with statements')).map(([file]) => file)).toEqual([]);
  });

  test('none of our files in it looks for files beside it', () => {
    const own = bundle(name).inputs.filter((file) => !file.startsWith('node_modules/') && file !== 'functions/adapters/sql-text.ts');
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter((file) => /import\.meta|node:fs|__dirname/.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  test('says nothing of this machine', () => {
    expect([ROOT, `${homedir()}/`].filter((path) => codeOf(name).includes(path))).toEqual([]);
    expect(bundle(name).inputs.filter((file) => file.startsWith('..'))).toEqual([]);
  });

  test('its folder holds its code and what npm reads', () => {
    expect(readdirSync(join(folder, kebab(name))).sort()).toEqual(['index.mjs', 'package-lock.json', 'package.json']);
    expect(readFileSync(join(folder, kebab(name), 'index.mjs')).equals(bundle(name).code)).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, kebab(name), 'package.json'), 'utf8'))).toMatchObject({ name: `payments-${kebab(name)}`, main: 'index.mjs' });
  });
});

test('each loads where nothing is installed, and exports a plain function', () => {
  const script = `
    const loaded = await Promise.all(process.argv.slice(1).map((file) => import(file)));
    console.log(JSON.stringify(loaded.map((one) => Object.entries(one).map(([name, value]) => [name, typeof value, value.length]))));
    process.exit(0);`;
  const files = FUNCTION_NAMES.map((name) => join(folder, kebab(name), 'index.mjs'));
  const loaded = execFileSync(process.execPath, ['--input-type=module', '--eval', script, ...files], { cwd: folder, env: {}, encoding: 'utf8' });
  expect(JSON.parse(loaded)).toEqual(FUNCTION_NAMES.map((name) => [[name, 'function', 2]])); // request and response
});

test('all functions are told the same but for their names, so that npm installs the same for each', () => {
  const lockfiles = FUNCTION_NAMES.map((name) => readFileSync(join(folder, kebab(name), 'package-lock.json'), 'utf8').replaceAll(`payments-${kebab(name)}`, 'payments-x'));
  expect(new Set(lockfiles).size).toBe(1);
});

test('a second build comes to the same bytes; what is no function\'s any more, and what was installed in a folder, is gone', () => {
  const files = (among: string) => readdirSync(among, { recursive: true, encoding: 'utf8' }).sort();
  expect(files(again)).toEqual(files(folder));
  expect(files(folder).filter((file) => file.includes('.') && !readFileSync(join(folder, file)).equals(readFileSync(join(again, file))))).toEqual([]);
});

test('the build says how large each function is', () => {
  expect(said.map((line) => line.replaceAll(/\d+\.\d/g, 'N.N').replaceAll(/ +/g, ' '))).toEqual(FUNCTION_NAMES.map((name) => `${kebab(name)} N.N MB, N.N MB zipped\n`));
});

test('what is deployed finds every package there', () => expect(missingPackages(folder)).toEqual([]));
