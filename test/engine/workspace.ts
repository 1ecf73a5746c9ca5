import { execFile } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { inject } from 'vitest';
import { FakeGoogle } from './fake-google.ts';
import { serveProvider } from './fake-provider.ts';
import { serveLanguageHost } from './language-host.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Milliseconds for one command. A stack takes 5 to 30 seconds; a busy machine several times that. Prevents waiting for ever. */
const COMMAND_MILLISECONDS = 300_000;
/** Bytes that a command may say: a preview as JSON has every property of every resource. */
const OUTPUT_BYTES = 256 * 1024 * 1024;
const PASSPHRASE = 'of the tests';

/** How a command ended, and all that it said. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  /** Both outputs together. */
  readonly said: string;
}

/** A copy of the project, a Pulumi that keeps its state beside it, and a Google to deploy to. */
export interface Workspace {
  readonly folder: string;
  readonly google: FakeGoogle;
  /** Runs Pulumi on a stack to its end, whatever that is. */
  pulumi(stack: string, ...parameters: readonly string[]): Promise<Ended>;
  /** The same, for what must go well. Throws with all that was said. */
  must(stack: string, ...parameters: readonly string[]): Promise<Ended>;
  /** The state file of a stack. */
  state(stack: string): string;
  /** Remembers state, settings, functions and Google; what it returns puts all of them back. */
  remember(): () => void;
  close(): void;
}

/**
 * Makes a workspace in a temporary folder. The program is copied: Pulumi runs it in its own folder and reads packages beside that, which
 * through a link would be this repository's; and what is edited while tests run would look like a change.
 */
export async function openWorkspace(): Promise<Workspace> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'payments-engine-')));
  const folder = join(home, 'project');
  const backend = join(home, 'state');
  for (const made of [folder, backend, join(home, 'pulumi')]) mkdirSync(made);
  for (const file of ['package.json', ...globSync('Pulumi*.yaml', { cwd: ROOT })]) cpSync(join(ROOT, file), join(folder, file));
  for (const name of ['infra', 'functions', 'sql', 'docs']) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  cpSync(inject('functions'), join(folder, 'dist', 'functions'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));

  const google = new FakeGoogle();
  const command = process.env.PAYMENTS_PULUMI;
  if (!command) throw new Error('PAYMENTS_PULUMI is not set: run these tests with npm run test:engine');
  const shared = { PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), HOME: home, TMPDIR: tmpdir() };
  const host = await serveLanguageHost(shared);
  const provider = await serveProvider(google, versionOf('@pulumi/gcp'));
  // Nothing of the user's: neither a login nor a project of Google's can be reached by mistake.
  const environment = {
    ...shared,
    PULUMI_HOME: join(home, 'pulumi'), PULUMI_BACKEND_URL: `file://${backend}`, PULUMI_CONFIG_PASSPHRASE: PASSPHRASE, PULUMI_SKIP_UPDATE_CHECK: 'true', PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    PULUMI_DEBUG_PROVIDERS: `gcp:${provider.port}`, PULUMI_DEBUG_LANGUAGES: `nodejs:${host.port}`,
  };

  async function pulumi(stack: string, ...parameters: readonly string[]): Promise<Ended> {
    return new Promise((resolve) => {
      const all = [...parameters, '--stack', stack, '--non-interactive', '--color', 'never'];
      execFile(command!, all, { cwd: folder, env: environment, timeout: COMMAND_MILLISECONDS, maxBuffer: OUTPUT_BYTES }, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, stdout, said: `${stdout}\n${stderr}${code === -1 ? `\n${error}` : ''}` });
      });
    });
  }

  return {
    folder,
    google,
    pulumi,
    async must(stack, ...parameters) {
      const ended = await pulumi(stack, ...parameters);
      if (ended.code !== 0) throw new Error(`pulumi ${parameters.join(' ')} ended with ${ended.code}:\n${ended.said}`);
      return ended;
    },
    state: (stack) => readFileSync(join(backend, '.pulumi', 'stacks', 'exactly-once-payments', `${stack}.json`), 'utf8'),
    remember() {
      const kept = mkdtempSync(join(home, 'kept-'));
      const putGoogleBack = google.remember();
      const parts: [string, string][] = [[backend, join(kept, 'state')], ...globSync('Pulumi*.yaml', { cwd: folder }).map((file): [string, string] => [join(folder, file), join(kept, file)])];
      for (const [from, to] of parts) cpSync(from, to, { recursive: true });
      return () => {
        putGoogleBack();
        for (const [to, from] of parts) {
          rmSync(to, { recursive: true, force: true });
          cpSync(from, to, { recursive: true });
        }
      };
    },
    close() {
      for (const server of [host, provider]) server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The version of an installed package. */
function versionOf(name: string): string {
  const file = join(ROOT, 'node_modules', name, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : '0.0.0';
}
