import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deadLetters } from '../../../functions/adapters/google/dead-letters.ts';
import { pubsubRedrive, REDRIVE_MESSAGES_PER_SECOND, REDRIVE_OUTSTANDING } from '../../../functions/adapters/google/pubsub-redrive.ts';
import { readPushEnvelope } from '../../../functions/adapters/google/push-envelope.ts';
import { redriveAttributes } from '../../../functions/adapters/google/redrive-attributes.ts';
import type { ArchivedMessage } from '../../../functions/ports.ts';

const AT = Date.parse('2026-03-01T12:00:00Z') * 1_000 + 1;
const message = (number: number, more: Partial<ArchivedMessage> = {}): ArchivedMessage => ({ message_id: `m-${number}`, data: Buffer.from(`data ${number}`), attributes: {}, published_at: AT, dead_letter_published_at: null, ...more });
const messages = (count: number) => Array.from({ length: count }, (_, number) => message(number));

/** A topic that keeps what was published, how many were on their way at a time, and when it was waited. */
function trialTopic(fails: (published: number) => boolean = () => false) {
  const log: string[] = [];
  let underway = 0;
  const topic = {
    most: 0,
    log,
    async publishMessage({ data, attributes }: { data: Buffer; attributes: Record<string, string> }) {
      topic.most = Math.max(topic.most, ++underway);
      await null;
      underway--;
      if (fails(log.length)) throw new Error('unavailable');
      log.push(`${attributes.redrive_of} ${data.toString()}`);
      return 'id';
    },
  };
  const wait = async (milliseconds: number) => void log.push(`wait ${milliseconds}`);
  return { topic, wait };
}

test('publishes every message, in order, so many at a time, and no faster than it may', async () => {
  const { topic, wait } = trialTopic();
  await pubsubRedrive(topic, { wait, messages_per_second: 4, outstanding: 2 }).publishAgain(messages(5));
  expect(topic.log).toEqual(['m-0 data 0', 'm-1 data 1', 'wait 500', 'm-2 data 2', 'm-3 data 3', 'wait 500', 'm-4 data 4']);
  expect(topic.most).toBe(2);
});

test('keeps the pace over calls, however many messages each brings', async () => {
  const { topic, wait } = trialTopic();
  const redrive = pubsubRedrive(topic, { wait, messages_per_second: 4, outstanding: 2 });
  for (const call of [[0], [1], [2, 3], [4], []]) await redrive.publishAgain(call.map((number) => message(number)));
  expect(topic.log).toEqual(['m-0 data 0', 'm-1 data 1', 'wait 500', 'm-2 data 2', 'm-3 data 3', 'wait 500', 'm-4 data 4']);
});

test('and over calls at the same time, one of which fails', async () => {
  const { topic, wait } = trialTopic((published) => published === 1);
  const redrive = pubsubRedrive(topic, { wait, messages_per_second: 4, outstanding: 2 });
  const ends = await Promise.allSettled([redrive.publishAgain([message(0), message(1)]), redrive.publishAgain([message(2), message(3)]), redrive.publishAgain([])]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(topic.log).toEqual(['m-0 data 0', 'wait 500', 'm-2 data 2', 'm-3 data 3']);
  expect(topic.most).toBe(2);
});

test('a thousand parked dead letters, pulled a few at a time, are published no faster than a thousand at once', async () => {
  const { topic, wait } = trialTopic();
  let left = 1_000;
  const pulls: number[] = [];
  const client = {
    async pull({ maxMessages }: { maxMessages: number }) {
      const pulled = Math.min(left, maxMessages);
      if (pulled > 0) pulls.push(pulled);
      left -= pulled;
      return [{ receivedMessages: Array.from({ length: pulled }, (_, number) => ({ ackId: `${left}/${number}`, message: { messageId: `${left}/${number}`, data: Buffer.from('x'), attributes: {}, publishTime: { seconds: 1 } } })) }];
    },
    acknowledge: async () => [{}],
    modifyAckDeadline: async () => [{}],
  } as unknown as Parameters<typeof deadLetters>[0];
  const letters = deadLetters(client, { subscription: 'projects/p/subscriptions/parked', redrive_subscription: 'projects/p/subscriptions/redrive', now: () => AT });
  expect(await letters.redrive(pubsubRedrive(topic, { wait }), 1_000)).toBe(1_000);
  expect(Math.max(...pulls)).toBeLessThanOrEqual(REDRIVE_OUTSTANDING); // so that no call by itself has to wait
  const waited = topic.log.flatMap((entry) => (entry.startsWith('wait ') ? [Number(entry.slice('wait '.length))] : []));
  const milliseconds = waited.reduce((sum, one) => sum + one, 0);
  expect(milliseconds).toBe(((1_000 - REDRIVE_OUTSTANDING) * 1_000) / REDRIVE_MESSAGES_PER_SECOND);
  expect(topic.log.length - waited.length).toBe(1_000);
});

test('nothing to publish is nothing to wait for', async () => {
  const { topic, wait } = trialTopic();
  await pubsubRedrive(topic, { wait }).publishAgain([]);
  expect(topic.log).toEqual([]);
});

test('rejects where one could not be published, when none is on its way any more, and publishes no further group', async () => {
  const { topic, wait } = trialTopic((published) => published === 1);
  await expect(pubsubRedrive(topic, { wait, outstanding: 2 }).publishAgain(messages(5))).rejects.toThrow('unavailable');
  expect(topic.log).toEqual(['m-0 data 0']);
});

const REDRIVE = { source: 'projects/p/subscriptions/redrive', received_at: AT, believes_redrive: true, dead_letter: false };
/** What the redrive subscription pushes of it. */
const pushed = (attributes: Record<string, string>, data: Uint8Array) =>
  readPushEnvelope(Buffer.from(JSON.stringify({ message: { messageId: 'new', publishTime: '2026-03-02T00:00:00Z', attributes, data: Buffer.from(data).toString('base64') } })), REDRIVE);

test('what comes back is the message as it was: id, bytes, attributes and time', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !text.startsWith('redrive_') && text !== '__proto__');
  const any = fc.record({ data: fc.uint8Array({ minLength: 1 }), attributes: fc.dictionary(name, fc.string(), { maxKeys: 97 }), published_at: fc.constantFrom(AT, null), dead_letter_published_at: fc.constantFrom(AT - 1, null) });
  fc.assert(fc.property(any, (more) => {
    const back = pushed(redriveAttributes(message(1, more)), more.data);
    expect(back).toMatchObject({ redrive_of: 'm-1', published_at: more.published_at, dead_letter_published_at: more.dead_letter_published_at, data: Buffer.from(more.data), fault: null });
    const { redrive_of, redrive_published_at, redrive_dead_letter_published_at, ...theirs } = back.attributes;
    expect(theirs).toEqual({ ...more.attributes });
  }));
});

test("a producer's attributes of those names are replaced, and left out where we have none", () => {
  const attributes = { redrive_of: 'another', redrive_published_at: '2020-01-01T00:00:00Z', redrive_dead_letter_published_at: '2020-01-01T00:00:00Z', a: 'b' };
  expect(redriveAttributes(message(1, { attributes }))).toEqual({ a: 'b', redrive_of: 'm-1', redrive_published_at: '2026-03-01T12:00:00.000001Z' });
});

test('never more attributes than Pub/Sub takes', () => {
  const attributes = Object.fromEntries(Array.from({ length: 100 }, (_, number) => [`a${number}`, '']));
  const published = redriveAttributes(message(1, { attributes, dead_letter_published_at: AT }));
  expect(Object.keys(published).length).toBe(100);
  expect(pushed(published, Buffer.from('x'))).toMatchObject({ redrive_of: 'm-1', published_at: AT, dead_letter_published_at: AT });
});
