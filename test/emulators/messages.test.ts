import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PubSub, v1 } from '@google-cloud/pubsub';
import { afterAll, afterEach, expect, test } from 'vitest';
import { deadLetters } from '../../functions/adapters/google/dead-letters.ts';
import { pubsubRedrive } from '../../functions/adapters/google/pubsub-redrive.ts';
import { readPushEnvelope } from '../../functions/adapters/google/push-envelope.ts';
import { parseRfc3339 } from '../../functions/payment/time.ts';
import type { Message } from '../../functions/pipeline/message.ts';
import type { ArchivedMessage, Redrive } from '../../functions/ports.ts';

const project = process.env.GOOGLE_CLOUD_PROJECT ?? 'test';
const emulator = process.env.PUBSUB_EMULATOR_HOST;
if (!emulator) throw new Error('PUBSUB_EMULATOR_HOST must name the emulator: run `npm run test:emulators`.');
const pubsub = new PubSub({ projectId: project });
const subscriber = new v1.SubscriberClient({ apiEndpoint: emulator.split(':')[0], port: Number(emulator.split(':')[1]), projectId: project, sslCreds: (await import('google-gax')).grpc.credentials.createInsecure() });
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(async () => {
  await subscriber.close();
  await pubsub.close();
});

let topics = 0;
const name = () => `messages-${process.pid}-${process.hrtime.bigint()}-${++topics}`;
const NOW = parseRfc3339('2026-03-01T12:00:00Z')!.micros;
const REDRIVE = `projects/${project}/subscriptions/redrive`;
const fullSubscription = (short: string) => `projects/${project}/subscriptions/${short}`;

/** A topic whose pushes are read as messages; `options` say what its subscription believes. */
async function pushedTopic(believes_redrive: boolean) {
  const received: Message[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => {
      received.push(readPushEnvelope(Buffer.concat(pieces), { source: REDRIVE, received_at: NOW, believes_redrive, dead_letter: false }));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [topic] = await pubsub.createTopic(name());
  const [subscription] = await topic.createSubscription(name(), { pushConfig: { pushEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` } });
  closing.push(() => subscription.delete(), () => topic.delete(), () => (server.closeAllConnections(), server.close()));
  return { topic, received };
}

async function until(holds: () => boolean): Promise<void> {
  for (let time = 0; time < 400 && !holds(); time++) await new Promise((resolve) => setTimeout(resolve, 50));
}

test('a push of the emulator is read as it was published', async () => {
  const { topic, received } = await pushedTopic(false);
  const data = Buffer.of(0, 255, 10, 13, 128, 123);
  const message_id = await topic.publishMessage({ data, attributes: { a: 'é "b"', redrive_of: 'forged' } });
  await until(() => received.length > 0);
  expect(received[0]).toMatchObject({ message_id, data, attributes: { a: 'é "b"', redrive_of: 'forged' }, redrive_of: null, fault: null });
  expect(received[0]!.published_at).toBeGreaterThan(0);
});

test('what is published again comes back as it was: bytes, attributes, id and time', async () => {
  const { topic, received } = await pushedTopic(true);
  const messages: ArchivedMessage[] = [0, 1, 2].map((number) => ({ message_id: `m-${number}`, data: Buffer.of(number, 0, 255), attributes: { a: String(number) }, published_at: NOW - number, dead_letter_published_at: null }));
  await pubsubRedrive(topic, { wait: async () => undefined, outstanding: 2 }).publishAgain(messages);
  await until(() => received.length >= messages.length);
  const back = received.toSorted((left, right) => (left.redrive_of! < right.redrive_of! ? -1 : 1));
  expect(back).toMatchObject(messages.map(({ message_id, data, attributes, published_at }) => ({ redrive_of: message_id, data, attributes, published_at, fault: null })));
});

/** A dead-letter topic with a pull subscription, and these messages parked in it. */
async function parked(count: number) {
  const [topic] = await pubsub.createTopic(name());
  const [subscription] = await topic.createSubscription(name());
  closing.push(() => subscription.delete(), () => topic.delete());
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    ids.push(await topic.publishMessage({ data: Buffer.of(number, 255), attributes: { n: String(number), CloudPubSubDeadLetterSourceTopicPublishTime: '2026-03-01T09:00:00.5Z', CloudPubSubDeadLetterSourceSubscription: 'process' } }));
  }
  const place = { subscription: fullSubscription(subscription.name.split('/').at(-1)!), redrive_subscription: REDRIVE, now: () => NOW };
  return { ids, subscription, letters: deadLetters(subscriber, place) };
}

function trialRedrive(fails = false): Redrive & { published: ArchivedMessage[] } {
  const published: ArchivedMessage[] = [];
  return { published, publishAgain: async (messages) => (fails ? Promise.reject(new Error('unavailable')) : void published.push(...messages)) };
}

const idsOf = (messages: readonly ArchivedMessage[]) => messages.map(({ message_id }) => message_id).sort();

test('listing dead letters takes none away; publishing them again does, once they are published', async () => {
  const { ids, letters } = await parked(3);
  const listed = await letters.list(10);
  expect(idsOf(listed)).toEqual(ids.toSorted());
  expect(listed.find(({ message_id }) => message_id === ids[1])).toMatchObject({ data: Buffer.of(1, 255), attributes: { n: '1' }, dead_letter_published_at: parseRfc3339('2026-03-01T09:00:00.5Z')!.micros });
  await expect(letters.redrive(trialRedrive(true), 10)).rejects.toThrow('unavailable');
  const redrive = trialRedrive();
  expect(await letters.redrive(redrive, 2)).toBe(2);
  expect(await letters.redrive(redrive, 10)).toBe(1);
  expect(idsOf(redrive.published)).toEqual(ids.toSorted());
  expect(await letters.redrive(redrive, 10)).toBe(0);
}, 120_000);

test('after a seek to a time before them, acknowledged messages come again', async () => {
  const { ids, letters, subscription } = await parked(2);
  await subscription.setMetadata({ retainAckedMessages: true });
  const redrive = trialRedrive();
  expect(await letters.redrive(redrive, 10)).toBe(2);
  await subscription.seek(new Date(Date.now() - 3_600_000));
  expect(idsOf(await letters.list(10))).toEqual(ids.toSorted());
}, 120_000);
