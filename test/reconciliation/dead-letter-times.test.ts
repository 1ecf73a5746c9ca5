import { afterEach, expect, test } from 'vitest';
import { storeOf } from './healthy-store.ts';
import { payment, timeAt } from './published.ts';
import type { TrialStore } from './trial-store.ts';

let store: TrialStore;
afterEach(() => store.close());

const DATA = Buffer.from(JSON.stringify(payment('p-1', 0))).toString('base64');
const line = (messageId: string, publishTime: string, attributes: Readonly<Record<string, string>> = {}) => JSON.stringify({ message: { messageId, publishTime, attributes, data: DATA } });
const fraction = (digits: string) => timeAt(0).replace('.000Z', `.${digits}Z`);

/** Publish times of an original, and of it as its dead letter tells: Pub/Sub writes the one in microseconds, the other as it likes. */
test.each([
  ['both to the microsecond', '123456', '123456', true],
  ['the dead letter to the millisecond', '123456', '123', true],
  ['the original to the millisecond', '123', '123999', true],
  ['the first and the last microsecond of one millisecond', '123000', '123999', true],
  ['the last microsecond of the millisecond before', '122999', '123000', false],
  ['the next millisecond, a microsecond later', '123999', '124000', false],
])('a dead letter is that of an original published at the same millisecond: %s', async (_name, original, told, same) => {
  store = await storeOf([line('o-1', fraction(original)), line('d-1', timeAt(7_200), { CloudPubSubDeadLetterSourceTopicPublishTime: fraction(told) }), line('m-last', timeAt(14_400))]);
  const proof = await store.prove();
  const stood = await store.rows("SELECT message_id FROM message_dispositions WHERE message_id IN ('o-1', 'd-1') ORDER BY 1");
  expect(stood.map(({ message_id }) => message_id)).toEqual(same ? ['o-1'] : ['d-1', 'o-1']);
  expect(proof.messages.published).toBe(same ? 2 : 3);
});
