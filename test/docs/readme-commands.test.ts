import { spawnSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { fencedBlocks, readDocument } from './markdown.ts';
import { projectCopy, readmeCommands, toRun } from './readme-commands.ts';

/** Simulated payments in place of as many as the README says. */
const FEW = 400;

const README = readDocument('README.md');
const commands = readmeCommands(README);
const { directory, remove } = projectCopy();
const printed = new Map<string, string>();
afterAll(remove);

test('the README has commands, and starts with the two that everyone needs', () => {
  expect(commands.length).toBeGreaterThan(8);
  expect(commands[0]!.line).toBe('npm ci && npm start');
  expect(commands.some(({ line }) => line.startsWith('npm test'))).toBe(true);
});

test.each(commands)('$line', ({ line, exit }) => {
  const command = toRun(line, FEW);
  if (command === null) return;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: directory, encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(exit);
  printed.set(line, stdout);
}, 30_000);

test('what the README says that npm start prints is printed', () => {
  const found = asShape(printed.get('npm ci && npm start') ?? '');
  const excerpt = fencedBlocks(README.slice(README.indexOf('<!-- printed by npm start -->')), 'text')[0]!;
  const missing = excerpt.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '…' && !found.includes(shape(line)));
  expect(missing).toEqual([]);
});

test('what the README says that its own file comes to is so', () => {
  const trace = printed.get(commands.find(({ line }) => line.includes('-- trace'))!.line)!;
  expect(['recorded', 'duplicate', 'conflict'].every((outcome) => trace.includes(outcome))).toBe(true);
});

/** Each line without its figures (`·` where there is none) and widths, which depend on how much was simulated. */
function asShape(text: string): string[] {
  return text.split('\n').map(shape);
}

function shape(line: string): string {
  return line.replace(/-?\d[\d.,]*|·/g, '#').replace(/\s+/g, ' ').trim();
}
