import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../functions/local/main.ts';
import { payments, RUN } from '../support/payments-command.ts';
import { run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { at, writeLines } from '../support/traffic.ts';

const program = new Command();
for (const add of COMMANDS) add(program, () => undefined);
const named = program.commands.map((command) => [command.name(), command] as const);

test('the help of the whole names every command and the exit codes', async () => {
  const { code, stdout } = await run('--help');
  expect(code).toBe(0);
  for (const [name] of named) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(stdout).toContain('Exit codes: 0 done');
});

describe.each(named)('%s', (name, command) => {
  test('--help names every option and argument, each with its meaning', async () => {
    const { code, stdout } = await run(name, '--help');
    expect(code).toBe(0);
    for (const option of command.options) {
      expect(stdout).toContain(option.flags);
      expect(option.description, option.flags).not.toBe('');
    }
    for (const argument of command.registeredArguments) expect(argument.description, argument.name()).not.toBe('');
    expect(command.options.map((option) => option.long)).toContain('--json');
  });

  test('an unknown option is a usage error, for machines too', async () => {
    const required = command.options.filter((option) => option.mandatory).flatMap((option) => [option.long!, 'x']);
    expect(await run(name, ...required, '--no-such-option')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("unknown option '--no-such-option'") });
    const machine = await run(name, ...required, '--no-such-option', '--json');
    expect(machine.code).toBe(2);
    expect(JSON.parse(machine.stdout)).toEqual({ error: "unknown option '--no-such-option'", fix: expect.stringContaining('--help'), exit_code: 2 });
  });
});

test('an unknown command, and none, are usage errors', async () => {
  expect(await run('nosuch')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("unknown command 'nosuch'") });
  expect((await run()).code).toBe(2);
  expect(await run('ingest', 'f', '--clock', 'mine')).toMatchObject({ code: 2, stderr: expect.stringContaining('Allowed choices are message, wall') });
  expect(await run('ingest', 'f', 'g', '--source', 's')).toMatchObject({ code: 2, stderr: expect.stringContaining('--source names one source') });
});

test('--json prints one JSON text on standard output, on success and on failure', async () => {
  const directory = temporaryDirectory();
  const data = ['--data-dir', join(directory, 'data'), '--json'];
  const file = writeLines(directory, 'f', [at('10:00', 'm1', 't1'), at('10:01', 'm2', 't1')]);
  const cases: [args: string[], code: number][] = [
    [['simulate', '--payments', '20', '--days', '1', '--out', join(directory, 's.jsonl'), '--answer-key', join(directory, 'key.json'), '--json'], 0],
    [['simulate', '--payments', '0', '--out', join(directory, 's.jsonl'), '--answer-key', join(directory, 'key.json'), '--json'], 2],
    [['check', file, '--json'], 0],
    [['check', join(directory, 'none'), '--json'], 3],
    [['convert', '--list-maps', '--json'], 0],
    [['convert', file, '--json'], 2],
    [['ingest', join(directory, 'none'), ...data], 3],
    [['report', ...data], 3],
    [['ingest', file, ...data], 0],
    [['ingest', file, '--watermark', 'x', ...data], 2],
    [['post', ...data], 0],
    [['sweep', '--now', 'x', ...data], 2],
    [['reconcile', ...data], 0],
    [['report', ...data], 0],
    [['report', '--date', 'x', ...data], 2],
    [['verify', ...data], 0],
    [['verify', '--answer-key', join(directory, 'key.json'), ...data], 1],
    [['trace', 't1', ...data], 0],
    [['trace', 'none', ...data], 1],
    [['sql', 'SELECT * FROM message_dispositions', ...data], 0],
    [['sql', 'DROP TABLE payment_journal', ...data], 2],
    [['decide', 'm2', '--post', '--reason', 'x', ...data], 2],
    [['config', ...data], 0],
    [['prune-claims', ...data], 0],
  ];
  for (const [args, code] of cases) {
    const found = await run(...args);
    expect(found.code, `${args.join(' ')}: ${found.stdout}${found.stderr}`).toBe(code);
    const value = JSON.parse(found.stdout) as { exit_code?: number };
    if (code > 1) expect(value).toEqual({ error: expect.any(String), fix: expect.any(String), exit_code: code });
    expect(found.stderr, args.join(' ')).not.toMatch(/^ {4}at /m);
  }
  // And as a process of its own, where Node's warnings could come between.
  const alone = await payments(['trace', 't1', ...data]);
  expect(JSON.parse(alone.stdout)).toMatchObject({ transaction_id: 't1' });
  expect(alone.stderr).toBe('');
  const cut = await payments(['sql', 'SELECT * FROM range(100000)', ...data]);
  expect((JSON.parse(cut.stdout) as unknown[]).length).toBe(100_000);
  const shell = (command: string) => spawnSync('bash', ['-c', command, process.execPath, RUN, ...data.slice(0, 2)], { encoding: 'utf8' });
  const head = shell(`"$0" --disable-warning=ExperimentalWarning "$1" sql 'SELECT * FROM range(100000)' --json "$2" "$3" | head -n 1`);
  expect(head, 'a reader that has seen enough is no fault').toMatchObject({ status: 0, stdout: '[\n', stderr: '' });
});
