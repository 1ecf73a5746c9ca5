import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The module that pins Pulumi's source and everything that is compiled with it. */
export const MODULE = import.meta.dirname;

const GO_MOD = readFileSync(join(MODULE, 'go.mod'), 'utf8');
/** The version that is built, which is also the oldest of the user's own that is taken: an older one hasn't been seen to work with the packages of package.json. */
export const PULUMI_VERSION = /github\.com\/pulumi\/pulumi\/pkg\/v3 v([\d.]+)/.exec(GO_MOD)![1];
/** The oldest Go that compiles it. */
export const GO_VERSION = /^go ([\d.]+)$/m.exec(GO_MOD)![1];

/** Whether a version such as `3.250.0` is another one or newer. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [given, wanted] = [version, oldest].map((one) => one.split('.').map(Number));
  const index = wanted.findIndex((number, at) => (given[at] ?? 0) !== number);
  return index === -1 || (given[index] ?? 0) > wanted[index];
}
