import { execFile } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NODE_FIRST } from './bare-environment.ts';

const run = promisify(execFile);

/**
 * Does in a folder what Google's buildpack does with what was uploaded: installs what package.json and package-lock.json say, and has Node
 * read the code without running it. https://github.com/GoogleCloudPlatform/buildpacks/blob/main/cmd/nodejs/functions_framework/main.go
 */
export async function installPackage(built: string, folder: string): Promise<void> {
  cpSync(built, folder, { recursive: true });
  const environment = { ...npmEnvironment(), NODE_ENV: 'production' };
  await run('npm', ['ci', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder, env: environment });
  await run('node', ['--check', mainOf(folder)], { cwd: folder, env: { PATH: NODE_FIRST } });
}

/** The version of a package that was installed. */
export function installedVersion(folder: string, name: string): string {
  return (JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
}

function mainOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main: string }).main;
}

/** What npm needs to reach the registry as it is configured here, without what the npm that runs this test says of our own package. */
function npmEnvironment(): Record<string, string | undefined> {
  const own = /^npm_(package|lifecycle|command|config_(local_prefix|loglevel))|^(NODE_PATH|NODE_OPTIONS|INIT_CWD|PATH)$|^VITEST/;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name))), PATH: NODE_FIRST };
}
