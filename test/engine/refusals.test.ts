import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openWorkspace, type Workspace } from './workspace.ts';

const SECRET = 'somebody-nobody-may-know@example.com';
let workspace: Workspace;
let fresh: () => void;

beforeAll(async () => {
  workspace = await openWorkspace();
  for (const stack of ['dev', 'empty']) await workspace.must(stack, 'stack', 'init');
  fresh = workspace.remember();
});
afterAll(() => workspace?.close());
beforeEach(() => fresh());

/** What an up says that must fail with nothing created. */
async function refused(stack: string): Promise<string> {
  const { code, said } = await workspace.pulumi(stack, 'up', '--yes');
  expect(code).toBeGreaterThan(0); // it ended by itself
  expect(workspace.google.calls('create')).toEqual([]);
  return said;
}

test('without configuration nothing is created, and every setting that must be made is named', async () => {
  const said = await refused('empty');
  for (const key of ['gcp:project', 'gcp:region', 'payments:protected']) expect(said).toContain(`${key} must be set`);
});

test('settings that are wrong are named, all of them', async () => {
  for (const [key, value] of [['payments:ack_deadline', '30s'], ['payments:watermarc', '1h'], ['payments:memory', '1Ti']]) await workspace.must('dev', 'config', 'set', key, value);
  const said = await refused('dev');
  for (const fault of ['payments:ack_deadline (30s) must be at least payments:push_timeout (1m)', 'payments:watermarc is no setting', 'payments:memory must be one of']) expect(said).toContain(fault);
});

test('without a package nothing is created, and it says how to make it', async () => {
  const made = join(workspace.folder, 'dist/functions/reconcile');
  renameSync(made, `${made}-away`);
  onTestFinished(() => renameSync(`${made}-away`, made));
  expect(await refused('dev')).toMatch(/functions\/reconcile holds no package: run npm run build/);
});

test('a setting that is a secret is refused, and is nowhere in clear text', async () => {
  await workspace.must('dev', 'config', 'set', '--secret', 'payments:alert_emails', SECRET);
  expect(await refused('dev')).toContain('payments:alert_emails must not be a secret');
  expect(workspace.state('dev')).not.toContain(SECRET);
  expect(readFileSync(join(workspace.folder, 'Pulumi.dev.yaml'), 'utf8')).not.toContain(SECRET);
});

test('a secret of the provider is kept, and is nowhere in clear text', async () => {
  await workspace.must('dev', 'config', 'set', '--secret', 'gcp:accessToken', SECRET);
  await workspace.must('dev', 'up', '--yes', '--skip-preview');
  expect(workspace.google.size).toBeGreaterThan(150);
  expect(workspace.state('dev')).toMatch(/"accessToken":\s*\{[^}]*"ciphertext"/);
  expect(workspace.state('dev')).not.toContain(SECRET);
  expect(readFileSync(join(workspace.folder, 'Pulumi.dev.yaml'), 'utf8')).not.toContain(SECRET);
});
