import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PushOptions, readPushEnvelope } from '../../../functions/adapters/google/push-envelope.ts';
import { DEFAULT_SETTINGS } from '../../../functions/config.ts';
import { MAX_PAYLOAD_BYTES, MAX_PUSH_BODY_BYTES } from '../../../functions/limits.ts';
import { parseRfc3339 } from '../../../functions/payment/time.ts';
import { decode } from '../../../functions/pipeline/1-decode.ts';
import type { Message } from '../../../functions/pipeline/message.ts';
import { mutatedLine } from '../../contract/mutated-lines.ts';
import { archivedByGoogle } from '../../support/google-archive.ts';

const REDRIVE = 'projects/p/subscriptions/redrive';
const at = (time: string) => parseRfc3339(time)!.micros;
const NOW = at('2026-03-01T12:00:00Z');
const PUBLISHED = '2026-03-01T11:59:59.123456Z';
const FIRST = '2026-02-28T08:00:00.000001Z';
const DEAD = '2026-03-01T09:00:00.5Z';

/** What each of the three subscriptions is told about itself. */
const PAYMENTS: PushOptions = { source: 'projects/p/subscriptions/payments', received_at: NOW, believes_redrive: false, dead_letter: false, redrive_subscription: REDRIVE };
const REDRIVEN: PushOptions = { ...PAYMENTS, source: REDRIVE, believes_redrive: true };
const DEAD_LETTERS: PushOptions = { ...PAYMENTS, source: 'projects/p/subscriptions/dead', dead_letter: true };

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const read = (body: unknown, options = PAYMENTS): Message => readPushEnvelope(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), options);
const push = (more: object = {}) => ({ message: { data: 'eyJ4IjoxfQ==', messageId: '7', message_id: '7', publishTime: PUBLISHED, publish_time: PUBLISHED, ...more }, subscription: 'projects/q/subscriptions/other', deliveryAttempt: 3 });

test('a push is a message', () => {
  expect(read(push({ attributes: { a: 'b' } }))).toEqual({
    message_id: '7', data: Buffer.from('{"x":1}'), data_sha256: Buffer.from(sha256('{"x":1}'), 'hex'), attributes: { a: 'b' }, published_at: at(PUBLISHED),
    received_at: NOW, clock_skew: false, source: PAYMENTS.source, line_number: null, fault: null, dead_letter_published_at: null, redrive_of: null,
  });
});

test.each<[string, object, Partial<Message>]>([
  ['message_id alone', { messageId: undefined }, { message_id: '7' }],
  ['messageId alone', { message_id: undefined, publish_time: undefined }, { message_id: '7', published_at: at(PUBLISHED) }],
  ['publish_time alone', { publishTime: undefined }, { published_at: at(PUBLISHED) }],
  ['no publish time', { publishTime: 'soon', publish_time: 5 }, { published_at: null }],
  ['no data: attributes only', { data: undefined, attributes: { a: '' } }, { data: new Uint8Array(), data_sha256: Buffer.from(sha256(''), 'hex'), attributes: { a: '' } }],
  ['attributes that are no texts are left out', { attributes: { a: 1, b: 'c' } }, { attributes: { b: 'c' } }],
  ['attributes that are none', { attributes: ['a'] }, { attributes: {} }],
])('%s', (_name, more, expected) => expect(read(push(more))).toMatchObject({ fault: null, ...expected }));

const REDRIVE_ATTRIBUTES = { redrive_of: '5', redrive_published_at: FIRST };
const DEAD_ATTRIBUTES = { CloudPubSubDeadLetterSourceTopicPublishTime: DEAD, CloudPubSubDeadLetterSourceSubscription: 'payments', CloudPubSubDeadLetterSourceSubscriptionProject: 'p' };
const FROM_REDRIVE = { ...DEAD_ATTRIBUTES, CloudPubSubDeadLetterSourceSubscription: 'redrive' };
const plain = { message_id: '7', redrive_of: null, published_at: at(PUBLISHED), dead_letter_published_at: null };
const dead = { ...plain, dead_letter_published_at: at(DEAD) };

describe('what attributes are believed', () => {
  test.each<[string, PushOptions, object, Partial<Message>]>([
    ['redrive_of on the payments subscription: no', PAYMENTS, REDRIVE_ATTRIBUTES, plain],
    ['redrive_of on the redrive subscription: yes, with its publish time', REDRIVEN, REDRIVE_ATTRIBUTES, { ...plain, redrive_of: '5', published_at: at(FIRST) }],
    ['redrive_of without its publish time: that is not ours', REDRIVEN, { redrive_of: '5' }, { ...plain, redrive_of: '5', published_at: null }],
    ['redrive_of with a publish time that is none', REDRIVEN, { redrive_of: '5', redrive_published_at: 'then' }, { ...plain, redrive_of: '5', published_at: null }],
    ['no redrive_of on the redrive subscription: a message of its own', REDRIVEN, { redrive_published_at: FIRST }, plain],
    ['an empty redrive_of names nothing', REDRIVEN, { redrive_of: '', redrive_published_at: FIRST }, plain],
    ['a dead letter published again: it repeats a dead letter', REDRIVEN, { ...REDRIVE_ATTRIBUTES, redrive_dead_letter_published_at: DEAD }, { redrive_of: '5', published_at: at(FIRST), dead_letter_published_at: at(DEAD) }],
    ["a producer's dead-letter time, on payments", PAYMENTS, DEAD_ATTRIBUTES, plain],
    ["a producer's dead-letter time, published again", REDRIVEN, { ...REDRIVE_ATTRIBUTES, ...DEAD_ATTRIBUTES }, { redrive_of: '5', dead_letter_published_at: null }],
    ["a producer's redrive_dead_letter_published_at, on payments", PAYMENTS, { redrive_of: '5', redrive_dead_letter_published_at: DEAD }, plain],
    ['a dead letter', DEAD_LETTERS, DEAD_ATTRIBUTES, dead],
    ['a dead letter without the time of its original: its own', DEAD_LETTERS, {}, { ...plain, dead_letter_published_at: at(PUBLISHED) }],
    ['redrive_of on a dead letter of the payments subscription: no', DEAD_LETTERS, { ...DEAD_ATTRIBUTES, ...REDRIVE_ATTRIBUTES }, dead],
    ['redrive_of on a dead letter of the redrive subscription: yes', DEAD_LETTERS, { ...FROM_REDRIVE, ...REDRIVE_ATTRIBUTES }, { redrive_of: '5', published_at: at(FIRST), dead_letter_published_at: at(FIRST) }],
    ['… named in full', DEAD_LETTERS, { ...FROM_REDRIVE, ...REDRIVE_ATTRIBUTES, CloudPubSubDeadLetterSourceSubscription: REDRIVE }, { redrive_of: '5' }],
    ['… of that name in another project: no', DEAD_LETTERS, { ...FROM_REDRIVE, ...REDRIVE_ATTRIBUTES, CloudPubSubDeadLetterSourceSubscriptionProject: 'q' }, dead],
    ['… where no redrive subscription is known: no', { ...DEAD_LETTERS, redrive_subscription: null }, { ...FROM_REDRIVE, ...REDRIVE_ATTRIBUTES }, dead],
    ['… that says it itself, on payments: no', PAYMENTS, { ...FROM_REDRIVE, ...REDRIVE_ATTRIBUTES }, plain],
  ])('%s', (_name, options, attributes, expected) => expect(read(push({ attributes }), options)).toMatchObject(expected));
});

describe('what can not be read', () => {
  const cases: [string, string | Uint8Array, string][] = [
    ['nothing', '', 'push_unreadable'],
    ['no JSON', 'data=1', 'push_unreadable'],
    ['no object', '[]', 'push_unreadable'],
    ['a message that is none', '{"message":"x"}', 'push_unreadable'],
    ['bytes that are no UTF-8', Buffer.of(0x7b, 0xff), 'push_unreadable'],
    ['a payment without an envelope', '{"transaction_id":"p-1"}', 'push_unreadable'],
    ['no id', '{"message":{"data":"YQ=="}}', 'push_without_id'],
    ['an empty id', '{"message":{"messageId":"","data":"YQ=="}}', 'push_without_id'],
    ['an id that is a number', '{"message":{"messageId":7,"data":"YQ=="}}', 'push_without_id'],
    ['nesting without end', `{"message":{"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`, 'push_without_id'],
    ['too many bytes', Buffer.alloc(MAX_PUSH_BODY_BYTES + 1, 32), 'push_too_large'],
  ];
  test.each(cases)('%s', (_name, body, code) => {
    const message = readPushEnvelope(Buffer.from(body as string), DEAD_LETTERS);
    expect(message).toMatchObject({ fault: { code, field: '' }, source: DEAD_LETTERS.source, received_at: NOW, redrive_of: null, published_at: null });
    expect(message.message_id).toBe(`malformed:${message.data_sha256.toString('hex')}`);
    expect(message.data.length).toBeLessThanOrEqual(1_024);
    expect(message.fault!.fix).not.toBe('');
  });

  test('data that is no base64: the message is named all the same', () => {
    for (const data of ['YQ', 'YQ-_', 'Y Q=', 5, { a: 1 }, true]) expect(read(push({ data }))).toMatchObject({ message_id: '7', fault: { code: 'push_data_not_base64' } });
  });

  test('deliveries of one message without an id are one message', () => {
    const delivery = (attempt: number, more: object) => read({ message: { data: 'YQ==', attributes: { a: '1', b: '2' }, ...more }, deliveryAttempt: attempt });
    expect(delivery(2, {})).toEqual(delivery(1, {}));
    expect(delivery(1, { attributes: { b: '2', a: '1' } }).message_id).toBe(delivery(1, {}).message_id);
    expect(delivery(1, { data: 'Yg==' }).message_id).not.toBe(delivery(1, {}).message_id);
  });

  test('data over the limit of a payment is rejected by name, its hash that of all of it', () => {
    const data = Buffer.alloc(MAX_PAYLOAD_BYTES + 1, 'x');
    const message = read(push({ data: data.toString('base64') }));
    expect(message.data_sha256.toString('hex')).toBe(sha256(data));
    expect(decode(message, DEFAULT_SETTINGS).faults).toMatchObject([{ code: 'payload_too_large' }]);
  });
});

const options = fc.constantFrom(PAYMENTS, REDRIVEN, DEAD_LETTERS);

test('no body throws, and the same body is the same message', () => {
  const body = fc.oneof(fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), mutatedLine, fc.json().map((text) => Buffer.from(`{"message":${text}}`)));
  fc.assert(fc.property(body, options, (bytes, one) => {
    const message = readPushEnvelope(bytes, one);
    expect(message.message_id.length).toBeGreaterThan(0);
    expect(message.data_sha256.length).toBe(32);
    expect(readPushEnvelope(Buffer.from(bytes), { ...one, received_at: NOW + 1 }).message_id).toBe(message.message_id);
  }), { numRuns: 3_000 });
});

test('id and data are those that the raw archive has', async () => {
  const message = fc.record({
    message_id: fc.stringMatching(/^[0-9]{1,18}$/),
    data: fc.option(fc.uint8Array({ minLength: 1, maxLength: 100 })),
    attributes: fc.dictionary(fc.string({ minLength: 1 }), fc.string()),
    only: fc.constantFrom('messageId', 'message_id', 'both'),
  });
  await fc.assert(fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 40 }), options, async (messages, one) => {
    const pushed = messages.map(({ message_id, data, attributes, only }) => read({ message: {
      ...(only === 'message_id' ? {} : { messageId: message_id }), ...(only === 'messageId' ? {} : { message_id }), attributes, ...(data === null ? {} : { data: Buffer.from(data).toString('base64') }),
    } }, one));
    const archived = await archivedByGoogle(messages.map(({ message_id, data, attributes }) => ({ message_id, data, attributes: JSON.stringify(attributes) })));
    const seen = ({ message_id, data_sha256, data }: Record<string, unknown>) => `${message_id} ${Buffer.from(data_sha256 as Uint8Array).toString('hex')} ${Buffer.from(data as Uint8Array).toString('hex')}`;
    expect(pushed.map((found) => seen({ ...found })).sort()).toEqual(archived.map(seen).sort());
  }), { numRuns: 10 });
});
