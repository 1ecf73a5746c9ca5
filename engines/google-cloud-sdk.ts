import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type EngineName, MissingEngine } from './engine.ts';
import { GCLOUD_MILLISECONDS } from './limits.ts';

const run = promisify(execFile);

const USUAL_PLACES = ['/usr/lib/google-cloud-sdk', '/usr/share/google-cloud-sdk', '/opt/google-cloud-sdk', '/snap/google-cloud-cli/current', join(homedir(), 'google-cloud-sdk'), '/opt/homebrew/share/google-cloud-sdk', '/usr/local/share/google-cloud-sdk'];

const FIX = 'Install the Google Cloud CLI, then `gcloud components install beta pubsub-emulator cloud-firestore-emulator`\n  (with apt: google-cloud-cli-pubsub-emulator google-cloud-cli-firestore-emulator).';

/** The jar of an emulator in the Google Cloud CLI. Throws MissingEngine where no installation has it. */
export async function emulatorJar(engine: EngineName, pattern: string): Promise<string> {
  const roots = [await rootByGcloud(), process.env.CLOUDSDK_ROOT_DIR ?? '', ...USUAL_PLACES].filter((root) => root !== '');
  for (const root of roots) {
    const [jar] = globSync(join(root, 'platform', pattern));
    if (jar) return jar;
  }
  throw new MissingEngine(engine, `There is no ${pattern} in the Google Cloud CLI.`, FIX);
}

let asked: Promise<string> | undefined;

/** Where the `gcloud` on the PATH is installed, asked once; empty where there is none. */
function rootByGcloud(): Promise<string> {
  asked ??= run('gcloud', ['info', '--format=value(installation.sdk_root)'], { timeout: GCLOUD_MILLISECONDS }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
  return asked;
}

let java: Promise<void> | undefined;

/** The command that runs Java: JAVA_HOME's, or the one on the PATH. Throws MissingEngine where it doesn't run. */
export async function javaCommand(engine: EngineName): Promise<string> {
  const command = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  java ??= run(command, ['-version']).then(() => undefined);
  await java.catch(() => {
    throw new MissingEngine(engine, `\`${command} -version\` doesn't run.`, 'Install Java 17 or newer (with apt: default-jre-headless).');
  });
  return command;
}
