import { describe, expect, test, vi } from 'vitest';
import { documentedExits, pageCommands } from './command-sections.ts';
import { workInFixture } from './fixture.ts';
import { runInProcess, wordsOf } from './in-process.ts';

/** For each exit code that docs/commands.md names, a command line that ends with it; run one after the other, in the fixture. */
const CASES: readonly (readonly [line: string, exit: number])[] = [
  ['simulate --payments 300 --days 2 --out made.jsonl --answer-key made-key.json', 0],
  ['simulate --payments 0 --out x.jsonl --answer-key x.json', 2],
  ['simulate --payments 300 --out not-a-directory/x.jsonl --answer-key x.json', 3],
  ['convert statement.csv --map bank-csv --out statement.jsonl', 0],
  ['convert statement-with-a-bad-row.csv --map bank-csv --out statement.jsonl', 1],
  ['convert statement.csv', 2],
  ['convert absent.csv --map bank-csv --out absent.jsonl', 3],
  ['check shop.jsonl', 0],
  ['check old-reject.jsonl', 1],
  ['check empty.jsonl', 3],
  ['ingest shop.jsonl', 0],
  ['ingest shop.jsonl --clock wall', 2],
  ['ingest empty.jsonl', 3],
  ['post', 0],
  ['post --now 2150-01-01T00:00:00Z', 2],
  ['post --data-dir not-a-directory', 3],
  ['sweep', 0],
  ['sweep --now yesterday', 2],
  ['sweep --data-dir not-a-directory', 3],
  ['reconcile', 0],
  ['reconcile --now 2150-01-01T00:00:00Z', 2],
  ['reconcile --data-dir not-a-directory', 3],
  ['start shop.jsonl --data-dir whole', 0],
  ['start old-reject.jsonl --data-dir old', 1],
  ['start shop.jsonl --watermark 1s', 2],
  ['start absent.jsonl --data-dir absent', 3],
  ['reconcile --data-dir old', 1],
  ['report', 0],
  ['report --date 2026-02-30', 2],
  ['report --data-dir nowhere', 3],
  ['verify', 0],
  ['verify --answer-key made-key.json', 1],
  ['verify --answer-key absent.json', 3],
  ['trace shop-7/2026-000123', 0],
  ['trace nobody', 1],
  ['trace nobody --data-dir nowhere', 3],
  ['decide old-reject.jsonl:1 --reject --reason corrected --data-dir old', 0],
  ['decide nobody --reject --reason corrected --data-dir old', 2],
  ['decide nobody --reject --reason corrected --data-dir not-a-directory', 3],
  ['sql "SELECT COUNT(*) FROM payment_transactions"', 0],
  ['sql "DELETE FROM payment_transactions"', 2],
  ['sql "SELECT 1" --data-dir nowhere', 3],
  ['config', 0],
  ['config --watermark 1s', 2],
  ['prune-claims', 0],
  ['prune-claims --data-dir nowhere', 3],
  ['jobs pause --location europe-west1 --project p-test', 2],
  ['jobs list --location europe-west1 --project p-test', 3],
  ['dlq list --subscription ? --project p-test', 2],
  ['dlq list --project p-test', 3],
  ['seek --subscription payments-process --to 2026-01-31T12:00:00Z --project p-test', 2],
  ['seek --subscription payments-process --to 2026-01-31T12:00:00Z --project p-test --yes', 3],
];

workInFixture();

// No credentials, and no look for any beyond this machine: commands on Google Cloud end with 3.
for (const [name, value] of Object.entries({ GOOGLE_APPLICATION_CREDENTIALS: 'absent.json', METADATA_SERVER_DETECTION: 'none', GOOGLE_CLOUD_PROJECT: '', PUBSUB_EMULATOR_HOST: '' })) vi.stubEnv(name, value);

test('each exit code that docs/commands.md names has a case here, and the reverse', () => {
  const documented = pageCommands().flatMap(({ name }) => documentedExits(name).map((code) => `${name} ${code}`));
  expect([...new Set(CASES.map(([line, exit]) => `${line.split(' ')[0]} ${exit}`))].sort()).toEqual(documented.sort());
});

describe('exit codes are as docs/commands.md says', () => {
  test.each(CASES)('%s → %i', async (line, exit) => {
    const { code, output } = await runInProcess(wordsOf(line));
    expect(code, output).toBe(exit);
  });

  test.each(pageCommands().map((one) => one.name))('%s --no-such-option → 2', async (name) => {
    expect(await runInProcess([name, '--no-such-option'])).toMatchObject({ code: 2, output: expect.stringMatching(/--no-such-option|required option/) });
  });
});

test('a failure with --json is JSON with what docs/commands.md names', async () => {
  const { code, output } = await runInProcess(['report', '--json', '--data-dir', 'nowhere']);
  expect(JSON.parse(output)).toEqual({ error: expect.any(String), fix: expect.any(String), exit_code: code });
});
