import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fencedBlocks, ROOT } from './markdown.ts';

/** One command of the README: what a shell runs, and the exit code that its comment names (0 without). */
export interface ReadmeCommand {
  readonly line: string;
  readonly exit: number;
}

/** The commands in the `sh` blocks, in order; a here-document belongs to its command. */
export function readmeCommands(readme: string): ReadmeCommand[] {
  const lines = fencedBlocks(readme, 'sh').join('').split('\n').filter((line) => line.trim() !== '');
  const commands: ReadmeCommand[] = [];
  for (let at = 0; at < lines.length; at++) {
    const ending = /<<'(\w+)'/.exec(lines[at]!)?.[1];
    const end = ending ? lines.indexOf(ending, at) : at;
    const line = lines.slice(at, end + 1).join('\n');
    commands.push({ line, exit: Number(/# exits (\d)/.exec(line)?.[1] ?? 0) });
    at = end;
  }
  return commands;
}

/** As the test runs it: without what needs the network, and with few simulated payments. Null for what it doesn't run. */
export function toRun(line: string, payments: number): string | null {
  const wanted = line.replace(/#.*$/, '').trim();
  if (wanted === 'npm test') return null; // it would run itself
  if (wanted === 'npm ci && npm start') return `npm start -- --payments ${payments}`;
  return line.replace(/--payments \d+/, `--payments ${payments}`).replace(/^npm ci && /, '');
}

/** A project directory with this project's files, but nothing that was made by running it. */
export function projectCopy(): { directory: string; remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'payments-readme-'));
  cpSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  for (const name of ['functions', 'sql', 'node_modules']) symlinkSync(join(ROOT, name), join(directory, name));
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
