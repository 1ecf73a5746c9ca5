import { expect, test } from 'vitest';
import { examples } from './command-sections.ts';
import { simulateInto, workInFixture } from './fixture.ts';
import { runInProcess, wordsOf } from './in-process.ts';

/** Simulated payments in place of as many as an example says. */
const FEW = 400;

const directory = workInFixture();

test('the examples of docs/commands.md run as written, one after the other', async () => {
  await simulateInto(directory, FEW);
  expect(examples().length).toBeGreaterThan(15);
  for (const line of examples()) {
    const { code, output } = await runInProcess(wordsOf(line.replace(/--payments \d+/, `--payments ${FEW}`)));
    expect(code, `${line}\n${output}`).toBe(0);
  }
}, 30_000);
