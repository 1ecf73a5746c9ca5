import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type LockedPackage, type Lockfile, packageFiles } from '../../../infra/package/lockfile.ts';

const FRAMEWORK = '@google-cloud/functions-framework';
const ours = JSON.parse(readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8')) as Lockfile;

/** Packages by the folder that each is in, `a > b` for b in the folder of a, with the names that each asks for. */
type Packages = Readonly<Record<string, readonly string[]>>;

function lockfile(packages: Packages): Lockfile {
  const entries = Object.entries(packages).map(([path, asks]) => {
    const locked = { version: '1.0.0', dependencies: Object.fromEntries(asks.map((name) => [name, '^1.0.0'])) };
    return [`node_modules/${path.replaceAll(' > ', '/node_modules/')}`, locked] as const;
  });
  return { lockfileVersion: 3, packages: Object.fromEntries(entries) };
}

/** The folders of the function's lockfile, where ours holds these packages. */
function packed(packages: Packages): string[] {
  const paths = Object.keys(packageFiles('payments-x', '@a/framework', lockfile(packages)).lockfile.packages);
  return paths.filter((path) => path !== '').map((path) => path.replace('node_modules/', '').replaceAll('/node_modules/', ' > '));
}

describe('what the framework asks for is packed, and nothing else', () => {
  test.each([
    ['the framework alone', { '@a/framework': [], other: [] }, ['@a/framework']],
    ['what it asks for, and what that asks for', { '@a/framework': ['b'], b: ['@c/d'], '@c/d': [], other: [] }, ['@a/framework', '@c/d', 'b']],
    ['a circle', { '@a/framework': ['b'], b: ['c'], c: ['b'] }, ['@a/framework', 'b', 'c']],
    ['the one in its own folder, before the one beside it', { '@a/framework': ['b'], '@a/framework > b': [], b: ['only-of-the-other'], 'only-of-the-other': [] }, ['@a/framework', '@a/framework > b']],
    ['the one beside it, where its own folder has none', { '@a/framework': ['b'], '@a/framework > b': ['c'], '@a/framework > c': [], c: [] }, ['@a/framework', '@a/framework > b', '@a/framework > c']],
    ['the one around it all, where no folder on the way has one', { '@a/framework': ['b'], '@a/framework > b': ['c'], b: [], c: [] }, ['@a/framework', '@a/framework > b', 'c']],
    ['both versions, where two ask for different ones', { '@a/framework': ['b', 'c'], b: ['d'], 'b > d': [], c: ['d'], d: [] }, ['@a/framework', 'b', 'b > d', 'c', 'd']],
    ['no folder of another package', { '@a/framework': ['b'], b: [], other: ['b'], 'other > b': [] }, ['@a/framework', 'b']],
  ])('%s', (_what, packages, expected) => expect(packed(packages)).toEqual(expected));

  test('what it would like to have comes along', () => {
    const wished: Lockfile = { lockfileVersion: 3, packages: { 'node_modules/f': { version: '1.0.0', optionalDependencies: { b: '^1.0.0' } }, 'node_modules/b': { version: '1.0.0' } } };
    expect(Object.keys(packageFiles('x', 'f', wished).lockfile.packages)).toEqual(['', 'node_modules/b', 'node_modules/f']);
  });

  test('what only our tests ask for as well is no longer marked as such: npm would leave it out', () => {
    const marked: Lockfile = { lockfileVersion: 3, packages: { 'node_modules/f': { version: '1.0.0', dev: true } } };
    expect(packageFiles('x', 'f', marked).lockfile.packages['node_modules/f']).toEqual({ version: '1.0.0' });
  });

  test.each([
    ['the framework', {}, 'package-lock.json lacks @a/framework'],
    ['what it asks for', { '@a/framework': ['b'] }, 'package-lock.json lacks b, which node_modules/@a/framework asks for'],
    ['what is only in the folder of another', { '@a/framework': ['b'], 'other > b': [] }, 'package-lock.json lacks b, which node_modules/@a/framework asks for'],
  ])('where our lockfile lacks %s, there is no package', (_what, packages, message) => expect(() => packed(packages)).toThrow(message));
});

describe('the package of a function', () => {
  const { description, lockfile: made } = packageFiles('payments-process-payment', FRAMEWORK, ours);
  const entries = Object.entries(made.packages).filter(([path]) => path !== '');
  const pinned = { [FRAMEWORK]: ours.packages[`node_modules/${FRAMEWORK}`]!.version! };

  test('says where the function is, pins the framework, and has no script that the platform would run', () => {
    expect(description).toEqual({ name: 'payments-process-payment', private: true, type: 'module', main: 'index.mjs', dependencies: pinned });
    expect(pinned[FRAMEWORK]).toBe(ours.packages['']!.dependencies![FRAMEWORK]);
    expect(made.packages['']).toEqual({ name: 'payments-process-payment', dependencies: pinned });
  });

  test('whatever a package asks for is there, at the version that our tests run with', () => {
    const asked = entries.flatMap(([path, locked]) => Object.keys(asksOf(locked)).map((name) => [path, name] as const));
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter(([path, name]) => found(name, path, made) === undefined || found(name, path, made) !== found(name, path, ours))).toEqual([]);
    expect(entries.filter(([path, { version }]) => version === undefined || version !== ours.packages[path]?.version)).toEqual([]);
  });

  test('every package is asked for, so that neither ours nor the tools\' are there', () => {
    const asked = new Set([`node_modules/${FRAMEWORK}`, ...entries.flatMap(([path, locked]) => Object.keys(asksOf(locked)).map((name) => found(name, path, made)))]);
    expect(entries.map(([path]) => path).filter((path) => !asked.has(path))).toEqual([]);
    expect(entries.map(([path]) => path).filter((path) => /node-linux-|esbuild|pulumi|typescript|vitest|duckdb|commander|google-gax|@google-cloud\/(?!functions-framework)/.test(path))).toEqual([]);
    expect(entries.filter(([, { dev }]) => dev)).toEqual([]);
  });
});

/** What must be there for a package: npm installs peers, too, but for those that say they are optional. */
function asksOf({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: LockedPackage & Peers): Record<string, string> {
  return { ...dependencies, ...optionalDependencies, ...Object.fromEntries(Object.entries(peerDependencies ?? {}).filter(([name]) => !peerDependenciesMeta?.[name]?.optional)) };
}

interface Peers {
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** The folder that Node would find a package in, from another one's. https://nodejs.org/api/modules.html#loading-from-node_modules-folders */
function found(name: string, from: string, { packages }: Lockfile): string | undefined {
  const parts = from.split('/');
  const folders = parts.map((_, index) => parts.slice(0, parts.length - index)).filter((folder) => folder.at(-1) !== 'node_modules');
  return [...folders.map((folder) => `${folder.join('/')}/node_modules/${name}`), `node_modules/${name}`].find((path) => path in packages);
}
