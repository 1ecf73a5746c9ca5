import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
let deployed: () => void;

beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.must('prod', 'stack', 'init');
  await workspace.must('prod', 'up', '--yes', '--skip-preview');
  deployed = workspace.remember();
});
afterAll(() => workspace?.close());
beforeEach(() => deployed());

function nothingDone(): void {
  for (const verb of ['create', 'update', 'delete'] as const) expect(workspace.google.calls(verb)).toEqual([]);
}

test('destroy of a protected stack is refused before anything is deleted, and names what is protected', async () => {
  const { code, said } = await workspace.pulumi('prod', 'destroy', '--yes');
  expect(code).toBeGreaterThan(0); // Pulumi ended by itself
  expect(said).toMatch(/cannot be deleted\s+because it is protected/);
  nothingDone();
});

test('a change that would replace the claims is refused before anything is done', async () => {
  await workspace.must('prod', 'config', 'set', 'payments:claims_database', 'payments-claims-2');
  const { code, said } = await workspace.pulumi('prod', 'up', '--yes');
  expect(code).toBeGreaterThan(0);
  expect(said).toMatch(/Database::claims[\s\S]*protect/);
  nothingDone();
});

test('a stack whose protection is taken off by an up can be destroyed', async () => {
  const { google } = workspace;
  await workspace.must('prod', 'config', 'set', 'payments:protected', 'false');
  await workspace.must('prod', 'up', '--yes', '--skip-preview');
  expect(google.calls('update')).toContain('Database claims');
  for (const verb of ['create', 'delete'] as const) expect(google.calls(verb)).toEqual([]);
  await workspace.must('prod', 'destroy', '--yes');
  expect(google.size).toBe(0);
});
