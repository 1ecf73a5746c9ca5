import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { startProcess } from '../../../engines/engine-process.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { runs } from './fake-engine.ts';

const MODULE = join(import.meta.dirname, '../../../engines/engine-process.ts');
/** An engine with a child of its own; it prints both process ids. */
const FAMILY = ['/bin/sh', '-c', 'sleep 1000 & echo $! $$; wait'];

const idsIn = (log: string) => (/^\d+ \d+/m.exec(log)?.[0] ?? '').split(' ').map(Number);

test('a group whose starter is killed is gone as well', async () => {
  const directory = temporaryDirectory();
  const program = `
    const { startProcess } = await import(${JSON.stringify(MODULE)});
    const engine = startProcess(${JSON.stringify(FAMILY)}, process.env, ${JSON.stringify(directory)}, ${JSON.stringify(join(directory, 'log'))});
    setInterval(() => console.log(engine.logEnd()), 20);`;
  const starter = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let pids: number[] = [];
  for await (const line of createInterface(starter.stdout)) {
    pids = idsIn(line);
    if (pids.length === 2) break;
  }
  expect(pids.map(runs)).toEqual([true, true]);
  starter.kill('SIGKILL');
  await once(starter, 'exit');
  await vi.waitFor(() => expect(pids.map(runs)).toEqual([false, false]), { timeout: 30_000 });
});

test('stop ends the whole group', async () => {
  const directory = temporaryDirectory();
  const engine = startProcess(FAMILY, process.env, directory, join(directory, 'log'));
  const pids = await vi.waitFor(() => {
    const found = idsIn(engine.logEnd());
    expect(found).toHaveLength(2);
    return found;
  }, { timeout: 30_000 });
  await engine.stop();
  await vi.waitFor(() => expect(pids.map(runs)).toEqual([false, false]), { timeout: 30_000 });
});

test('what an engine leaves behind when it dies is ended too', async () => {
  const directory = temporaryDirectory();
  const engine = startProcess(['/bin/sh', '-c', 'sleep 1000 & echo $! $$; exit 3'], process.env, directory, join(directory, 'log'));
  expect((await engine.ended).code).toBe(3);
  const [child] = idsIn(engine.logEnd());
  await vi.waitFor(() => expect(runs(child)).toBe(false), { timeout: 30_000 });
});

test('an ending says how, and the log is there', async () => {
  const directory = temporaryDirectory();
  const failed = startProcess(['/bin/sh', '-c', 'echo one; echo two >&2; exit 9'], process.env, directory, join(directory, 'failed'));
  expect(await failed.ended).toEqual({ code: 9, words: 'ended with 9' });
  expect(failed.logEnd()).toBe('one\ntwo');
  const absent = startProcess(['/no/such/program'], process.env, directory, join(directory, 'absent'));
  expect((await absent.ended).code).toBe(127);
});

test('only the end of a long log is shown', async () => {
  const directory = temporaryDirectory();
  const engine = startProcess(['/bin/sh', '-c', 'seq 1000'], process.env, directory, join(directory, 'log'));
  await engine.ended;
  const lines = engine.logEnd().split('\n');
  expect([lines.length, lines.at(-1)]).toEqual([20, '1000']);
});
