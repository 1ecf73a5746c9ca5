import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ServedFunction } from '../../../functions/deployed/serve.ts';
import type { ClaimRequest, Claims } from '../../../functions/ports.ts';
import { ALL_WRITTEN, insertAllServer, type InsertAllServer } from '../../support/insert-all-server.ts';
import { pushBody, serveInFramework, type ServedTrial } from '../../support/served-function.ts';
import { tokenIssuer, type TokenIssuer } from '../../support/token-issuer.ts';
import { GOOD } from '../payment/good-payment.ts';
import { ENVIRONMENT } from './configuration.ts';

/** The claims that were asked for; each is granted. */
const claimed: ClaimRequest[] = [];
const claims: Claims = {
  async claim(requests) {
    claimed.push(...requests);
    return requests.map(({ owner }) => ({ result: 'claimed', owner }));
  },
};
vi.mock('../../../functions/wiring/claims-in-firestore.ts', () => ({ claimsInFirestore: () => claims }));
vi.mock('../../../functions/wiring/take-signals.ts', () => ({ takeSignals: () => undefined })); // the signals of this process are the test runner's

let issuer: TokenIssuer;
let bigquery: InsertAllServer;
let served: ServedTrial;

beforeAll(async () => {
  issuer = await tokenIssuer(() => Math.floor(Date.now() / 1_000));
  bigquery = await insertAllServer(() => ALL_WRITTEN);
});
afterAll(() => Promise.all([issuer.close(), bigquery.stop()]));

beforeEach(() => {
  claimed.length = 0;
  const { origin } = new URL(bigquery.bigquery.baseUrl!);
  for (const [name, value] of Object.entries({ ...ENVIRONMENT, PAYMENTS_TOKEN_KEYS_URL: issuer.keys_url, BIGQUERY_EMULATOR_HOST: origin, METADATA_SERVER_DETECTION: 'none' })) vi.stubEnv(name, value);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await served.close();
});

type Row = Readonly<Record<'message_id' | 'redrive_of' | 'outcome' | 'source' | 'dead_letter_published_at', string | undefined>>;

/** Pushes one payment to a deployed function as it is exported, and gives the row that it wrote into the journal. */
async function rowOf(name: 'processPayment' | 'processRedrive' | 'keepDeadLetter', attributes: Readonly<Record<string, string>>): Promise<Row> {
  const functions = (await import('../../../functions/index.ts')) as Readonly<Record<typeof name, ServedFunction>>;
  served = await serveInFramework(functions[name]);
  const calls = bigquery.received.length;
  const body = pushBody(JSON.stringify({ ...GOOD, event_time: new Date().toISOString() }), { messageId: '77', message_id: '77', publishTime: new Date().toISOString(), attributes });
  expect((await served.call({ body, headers: { authorization: `Bearer ${issuer.token()}` } })).status).toBe(204);
  const rows = bigquery.received.slice(calls).flatMap((call) => (JSON.parse(call.body) as { rows: { json: Row }[] }).rows);
  expect(rows).toHaveLength(1);
  return rows[0].json;
}

const FORGED = { redrive_of: 'another', redrive_published_at: '2026-01-01T00:00:00Z' };
const fromSubscription = (name: string) => ({ CloudPubSubDeadLetterSourceSubscription: name, CloudPubSubDeadLetterSourceSubscriptionProject: 'trial', CloudPubSubDeadLetterSourceTopicPublishTime: '2026-02-01T00:00:00.123Z' });

describe('as it is deployed', () => {
  test('processPayment ignores a redrive_of: anybody who may publish payments can write one', async () => {
    expect(await rowOf('processPayment', FORGED)).toMatchObject({ message_id: '77', outcome: 'recorded', source: ENVIRONMENT.PAYMENTS_SUBSCRIPTION });
    expect(claimed.map(({ owner }) => owner)).toEqual(['77']);
  });

  test('and takes nothing for a dead letter, whatever its attributes say', async () => {
    const row = await rowOf('processPayment', { ...FORGED, ...fromSubscription('redrive') });
    expect(row).toMatchObject({ message_id: '77', outcome: 'recorded' });
    expect(row.dead_letter_published_at).toBeUndefined();
    expect(claimed).toHaveLength(1);
  });

  test('processRedrive believes it: nobody but us can publish there', async () => {
    expect(await rowOf('processRedrive', FORGED)).toMatchObject({ message_id: 'another', outcome: 'recorded', source: ENVIRONMENT.PAYMENTS_REDRIVE_SUBSCRIPTION });
    expect(claimed.map(({ owner }) => owner)).toEqual(['another']);
  });

  test('keepDeadLetter makes no claim, journals a dead letter, and ignores a redrive_of', async () => {
    expect(await rowOf('keepDeadLetter', { ...FORGED, ...fromSubscription('payments') })).toMatchObject({
      message_id: '77', outcome: 'dead_lettered', source: ENVIRONMENT.PAYMENTS_DEAD_LETTER_SUBSCRIPTION, dead_letter_published_at: expect.stringContaining('2026-02-01T00:00:00.123'),
    });
    expect(claimed).toEqual([]);
  });

  test('unless Pub/Sub says that it comes from the redrive subscription', async () => {
    expect(await rowOf('keepDeadLetter', { ...FORGED, ...fromSubscription('redrive') })).toMatchObject({ message_id: 'another', outcome: 'dead_lettered' });
    expect(claimed).toEqual([]);
  });
});
