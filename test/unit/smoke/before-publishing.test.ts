import { afterEach, describe, expect, test, vi } from 'vitest';
import { Failure } from '../../../functions/failure.ts';
import type { Books } from '../../../functions/ports.ts';
import { isOnEmulators } from '../../../smoke/google/emulators.ts';
import { findStack, type Said } from '../../../smoke/google/find-stack.ts';
import type { Google } from '../../../smoke/google/read.ts';
import { refuseLiveBooks } from '../../../smoke/refuse-live-books.ts';
import { main } from '../../../smoke/run.ts';

const EMULATORS = { PUBSUB_EMULATOR_HOST: 'h:1', FIRESTORE_EMULATOR_HOST: 'h:2', BIGQUERY_EMULATOR_HOST: 'http://h:3' };
const failureOf = async (call: () => unknown) => {
  try {
    await call();
  } catch (error) {
    if (error instanceof Failure) return { exit: error.exitCode, says: `${error.message} ${error.fix}` };
    throw error;
  }
  return null;
};

describe('emulators', () => {
  test('none, or all of them', () => {
    expect(isOnEmulators({})).toBe(false);
    expect(isOnEmulators({ PUBSUB_EMULATOR_HOST: '' })).toBe(false);
    expect(isOnEmulators({ ...EMULATORS, PAYMENTS_SCHEDULER_URL: 'http://h:4' })).toBe(true);
  });
  test.each(Object.keys(EMULATORS))('without %s half of it would run on the project: refused', async (name) => {
    expect(await failureOf(() => isOnEmulators({ ...EMULATORS, [name]: undefined }))).toMatchObject({ exit: 2, says: expect.stringContaining(`${name} not`) });
  });
  test('there is none of the scheduler', async () => expect(await failureOf(() => isOnEmulators(EMULATORS))).toMatchObject({ exit: 2, says: expect.stringContaining('PAYMENTS_SCHEDULER_URL') }));
});

describe('where the stack is', () => {
  const said: Said = { project: 'p-test', region: null, location: null, claims_database: 'payments-claims' };
  const answering = (topic: unknown, dataset: unknown): Google => ({
    read: (service) => {
      const answer = service === 'pubsub' ? topic : dataset;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    statusForStranger: () => Promise.reject(new Error('not asked')),
  });
  const TOPIC = { messageStoragePolicy: { allowedPersistenceRegions: ['europe-west1'] } };
  const DATASET = { location: 'EU' };
  const failing = (fields: object) => Object.assign(new Error('no'), fields);

  test('is found out', async () => expect(await findStack(answering(TOPIC, DATASET), said)).toEqual({ project: 'p-test', region: 'europe-west1', location: 'EU', claims_database: 'payments-claims' }));
  test('or what was said', async () => expect(await findStack(answering({}, {}), { ...said, region: 'us-central1', location: 'US' })).toMatchObject({ region: 'us-central1', location: 'US' }));
  test.each([
    ['no topic', failing({ status: 404 }), DATASET, 3, /no such thing as the topic payments in the project p-test \(404\).*docs\/deploy\.md/],
    ['no dataset', TOPIC, failing({ code: 404 }), 3, /no such thing as the dataset payments/],
    ['no right', failing({ status: 403 }), DATASET, 3, /no right to see the topic payments/],
    ['bad credentials', failing({ status: 401 }), DATASET, 3, /does not accept the credentials/],
    ['no answer', failing({ code: 'ENOTFOUND' }), DATASET, 3, /does not answer when asked for the topic payments .*ENOTFOUND/],
    ['no region', {}, DATASET, 2, /--region/],
    ['no location', TOPIC, {}, 2, /--location/],
  ])('%s', async (_name, topic, dataset, exit, says) => expect(await failureOf(() => findStack(answering(topic, dataset), said))).toEqual({ exit, says: expect.stringMatching(says) }));
});

describe('live books', () => {
  const holding = (ledger_rows: bigint): Books => ({ query: vi.fn(async () => [{ ledger_rows }]), transaction: vi.fn(), materialise: vi.fn(), forget: vi.fn() });
  test('are refused from 1,001 rows of others on', async () => {
    expect(await failureOf(() => refuseLiveBooks(holding(1_000n), false))).toBeNull();
    expect(await failureOf(() => refuseLiveBooks(holding(1_001n), false))).toMatchObject({ exit: 2, says: expect.stringMatching(/1,001 rows .*--into-live-books/) });
  });
  test('but for those who say so; then they are not even counted', async () => {
    const books = holding(9_999n);
    expect(await failureOf(() => refuseLiveBooks(books, true))).toBeNull();
    expect(books.query).not.toHaveBeenCalled();
  });
});

describe('the command line', () => {
  afterEach(() => void vi.restoreAllMocks());
  async function run(args: readonly string[], environment: Readonly<Record<string, string | undefined>> = {}) {
    let output = '';
    for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation((piece) => ((output += String(piece)), true));
    vi.stubEnv('GOOGLE_CLOUD_PROJECT', '');
    try {
      return { code: await main(args, environment), output };
    } finally {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
    }
  }

  test('--help is no fault', async () => expect(await run(['--help'])).toMatchObject({ code: 0, output: expect.stringContaining('--into-live-books') }));
  test.each([
    [[], /No project/],
    [['--project', 'p-test', '--payments', '7'], /a whole number from 8 to 500/],
    [['--project', 'p-test', '--payments', 'many'], /a whole number/],
    [['--project', 'p-test', '--timeout', '0s'], /a duration from 1s to 1h/],
    [['--project', 'p-test', '--timeout', '2h'], /a duration from 1s to 1h/],
    [['--project', 'p-test', '--region', 'Europe'], /a region/],
    [['--project', 'p-test', '--claims-database', 'X'], /a database id/],
    [['--project', 'p-test', '--seed', '-1'], /a whole number/],
    [['--project', 'p-test', '--no-such-option'], /unknown option/],
    [['--project', 'p-test', 'argument'], /too many arguments/],
  ])('%j ends with 2', async (args, says) => {
    expect(await run(args)).toEqual({ code: 2, output: expect.stringMatching(says) });
    const { code, output } = await run([...args, '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(output.slice(output.indexOf('{')))).toMatchObject({ error: expect.any(String), fix: expect.any(String), exit_code: 2 });
  });
  test('some emulators only: 2', async () => expect(await run(['--project', 'p-test'], { PUBSUB_EMULATOR_HOST: 'h:1' })).toMatchObject({ code: 2 }));
  test('without credentials: 3', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', 'absent.json');
    vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
    expect(await run(['--project', 'p-test'])).toMatchObject({ code: 3, output: expect.stringMatching(/credentials/) });
  });
});
