import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { publishedTexts } from '../../../functions/local/trace/published-text.ts';
import type { Books } from '../../../functions/ports.ts';

const CARD = '4111111111111111';
const MASKED = '411111******1111';
const DIGITS_OF_A_CARD = /4[\s\0-]*1(?:[\s\0-]*1){6}/;

/** Books whose archive holds these bytes of one message, however often they are asked for. */
function archiveOf(data: Uint8Array | null) {
  const asked: unknown[] = [];
  const query = async (file: string) => {
    asked.push(file);
    return data === null ? [] : [{ data }];
  };
  return { asked, books: { query } as unknown as Books };
}

const rejected = (payload: string | null, data: Uint8Array = Buffer.from('')) => ({ message_id: 'm', outcome: 'rejected', payload, data_sha256: createHash('sha256').update(data).digest() });

/** What is shown of a message that the journal keeps no text of. */
async function shown(data: Uint8Array, whole: Uint8Array = data) {
  return (await publishedTexts(archiveOf(data).books, [rejected(null, whole)]))[0];
}

test('a text that the journal keeps is shown as it is there, cut where it is long', async () => {
  const { asked, books } = archiveOf(null);
  expect(await publishedTexts(books, [rejected('{"amount":5}'), { ...rejected('x'.repeat(2_001)), message_id: 'n' }, { ...rejected('not rejected'), outcome: 'recorded' }])).toEqual([
    { message_id: 'm', text: '{"amount":5}', cut: false },
    { message_id: 'n', text: 'x'.repeat(2_000), cut: true },
  ]);
  expect(asked).toEqual([]);
});

test('what is neither in journal nor archive is not shown, and at most ten are', async () => {
  expect(await publishedTexts(archiveOf(null).books, [rejected(null)])).toEqual([]);
  expect(await publishedTexts(archiveOf(null).books, Array.from({ length: 50 }, () => rejected('x')))).toHaveLength(10);
});

describe('of bytes that hold no message', () => {
  test('the text, its card data masked', async () => {
    expect(await shown(Buffer.from(`paid with ${CARD} cvv: 917`))).toEqual({ message_id: 'm', text: `paid with ${MASKED} cvv: ***`, cut: false });
  });

  test.each([
    ['UTF-16', Buffer.from(`card ${CARD}`, 'utf16le')],
    ['broken UTF-8', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(CARD)])],
    ['base64', Buffer.from(`{"message":{"data":"${Buffer.from(`{"pan":"${CARD}"}`).toString('base64')}`)],
    ['a long text', Buffer.from(`x ${CARD} `.repeat(2_000))],
    ['UTF-32 that is long', Buffer.concat(Array.from(`${CARD} `.repeat(900), (character) => Buffer.from([character.charCodeAt(0), 0, 0, 0])))],
  ])('no card number in %s', async (_name, data) => {
    const { text } = (await shown(data))!;
    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(text).not.toMatch(DIGITS_OF_A_CARD);
    expect(text).not.toContain(Buffer.from(CARD).toString('base64').slice(2, 12));
  });

  test('no part of a card number that was cut in two, wherever that was', async () => {
    for (let before = 900; before < 1_024; before++) {
      const line = Buffer.from(`${'x '.repeat(before / 2)}${'y'.repeat(before % 2)}4111-1111-1111-1111 ${'z '.repeat(600_000)}`);
      expect((await shown(line.subarray(0, 1_024), line))).toMatchObject({ text: expect.not.stringMatching(DIGITS_OF_A_CARD), cut: true });
    }
    for (let before = 1_960; before < 2_010; before++) {
      expect(await shown(Buffer.from(`${'x'.repeat(before % 2)}${'x '.repeat(before / 2)}4111-1111-1111-1111 rest`))).toMatchObject({ text: expect.not.stringMatching(DIGITS_OF_A_CARD) });
    }
  });
});
