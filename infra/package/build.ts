import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionName } from '../../functions/deployed/function-variables.ts';
import { kebab, serviceName } from '../names.ts';
import { type Bundle, bundleFunctions } from './bundle.ts';
import { type Lockfile, packageFiles } from './lockfile.ts';

const OUR_LOCKFILE = new URL('../../package-lock.json', import.meta.url);
const FRAMEWORK = '@google-cloud/functions-framework';

/**
 * Makes the folder of each function in `folder`: its code, and what npm is to install beside it. Everything else in `folder` goes, but not
 * before all code is made: where that fails, what was built last stays.
 */
export async function buildFunctions(folder: string): Promise<ReadonlyMap<FunctionName, Bundle>> {
  const lockfile = JSON.parse(readFileSync(OUR_LOCKFILE, 'utf8')) as Lockfile;
  const bundles = await bundleFunctions();
  rmSync(folder, { recursive: true, force: true });
  for (const [name, { code }] of bundles) {
    const target = join(folder, kebab(name));
    const files = packageFiles(serviceName(name), FRAMEWORK, lockfile);
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'index.mjs'), code);
    writeFileSync(join(target, 'package.json'), `${JSON.stringify(files.description, null, 2)}\n`);
    writeFileSync(join(target, 'package-lock.json'), `${JSON.stringify(files.lockfile, null, 2)}\n`);
  }
  return bundles;
}
