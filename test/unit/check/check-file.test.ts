import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { checkFile } from '../../../functions/local/check/check-file.ts';
import { checkExitCode, renderCheck, type CheckSummary } from '../../../functions/local/check/check-summary.ts';
import { Failure } from '../../../functions/failure.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RULES = { identity_scope: 'transaction_id', producer: null } as const;
let files = 0;

async function check(content: string | Buffer): Promise<CheckSummary> {
  const input = join(folder, `messages-${++files}.jsonl`);
  writeFileSync(input, content);
  return checkFile({ input, rules: RULES });
}

const payment = (id: string, others: object = {}) =>
  JSON.stringify({ transaction_id: id, event_time: '2026-01-31T12:00:00Z', amount: '10.50', currency: 'EUR', customer_id: 'c', merchant_id: 'm', ...others });
const envelope = (messageId: string, data: string, others: object = {}) =>
  JSON.stringify({ message: { messageId, publishTime: '2026-01-31T12:00:01Z', data: Buffer.from(data).toString('base64'), ...others } });

describe('a file that is JSON, but not a message a line', () => {
  const ARRAY = expect.stringContaining("jq -c '.[]' FILE > messages.jsonl");
  test.each([
    ['an array in one line', `[${payment('1')},${payment('2')}]`, ARRAY, 3],
    ['an array with white space', ` \t[ ${payment('1')} ] `, ARRAY, 3],
    ['an array over lines', `[\n${payment('1')},\n${payment('2')}\n]`, ARRAY, 3],
    ['an array longer than a line may be', `[${Array.from({ length: 9_000 }, (_one, index) => payment(String(index))).join(',')}]`, ARRAY, 3],
    ['an object over lines', JSON.stringify(JSON.parse(payment('1')), null, 2), expect.stringContaining('jq -c . FILE > messages.jsonl'), 3],
    ['payments, the first in brackets', `[${payment('1')}]\n${payment('2')}`, null, 1],
    ['a message whose data is a bracket', `${envelope('m1', '[')}\n${payment('2')}`, null, 1],
    ['no JSON', 'name,amount', null, 3],
  ])('%s', async (_name, content, fix, exit) => {
    const summary = await check(content);
    expect({ fix: summary.fix, exit: checkExitCode(summary) }).toEqual({ fix, exit });
    if (summary.fix !== null) expect(renderCheck(summary).split('\n')[1]).toBe(`→ ${summary.fix}`);
  });
});

describe('a file', () => {
  test('of good payments is good', async () => {
    const summary = await check([payment('1'), '', payment('2', { kind: 'refund', amount: '0.01', event_time: '2026-01-30T00:00:00+01:00' }), envelope('m', payment('3'))].join('\n'));
    expect(summary).toMatchObject({
      lines: 4, messages: 3, envelopes: 1, bare: 2, payments: 3, rejected: 0, faults: [], unknown_fields: [], card_data: [],
      event_times: { first: '2026-01-29T23:00:00Z', last: '2026-01-31T12:00:00Z' },
      totals: [{ currency: 'EUR', kind: 'payment', payments: 2, amount: '21.00' }, { currency: 'EUR', kind: 'refund', payments: 1, amount: '0.01' }],
    });
    expect(checkExitCode(summary)).toBe(0);
    expect(renderCheck(summary).split('\n')[0]).toBe('Good: 3 payments, nothing would be rejected.');
  });

  test('with everything in it is counted line by line, each message in one place', async () => {
    const summary = await check([
      payment('1'), // counts
      payment('1', { event_time: '2026-02-01T00:00:00Z', amount: '10.5' }), // duplicate
      payment('1', { amount: '11' }), // conflict
      envelope('m1', payment('2')), // counts
      envelope('m1', payment('2')), // redelivery
      envelope('m1', payment('2', { amount: '12' })), // message id reused, and a conflict
      envelope('m2', payment('2')), // duplicate
      envelope('m3', payment('3'), { attributes: { CloudPubSubDeadLetterSourceTopicPublishTime: '2026-01-31T12:00:01Z' } }), // counts, a dead letter
      'garbage', payment('4', { amount: 5 }), payment('5', { amount: 5, currency: '4111111111111111' }), // rejected
      payment('6', { loyalty: 'x', metadata: { card: '4111111111111111' } }), // counts, with remarks
      payment('7', { loyalty: 'y' }), // counts
      'x'.repeat(1_100_000), // rejected
    ].join('\n'));
    expect(summary).toMatchObject({
      messages: 14, envelopes: 5, bare: 9, dead_letters: 1, payments: 5, rejected: 4,
      duplicates: { count: 2, example: { line: 2, repeats_line: 1 } },
      conflicts: { count: 2, example: { line: 3, repeats_line: 1 } },
      redelivered: { count: 1, example: { line: 5, repeats_line: 4 } },
      message_ids_reused: { count: 1, example: { line: 6, repeats_line: 4 } },
      unknown_fields: [{ name: 'loyalty', count: 2, first_line: 12 }],
      card_data: [{ name: 'metadata.card (card_number)', count: 1, first_line: 12 }],
    });
    expect(summary.payments + summary.duplicates.count + summary.conflicts.count + summary.rejected + summary.redelivered.count).toBe(summary.messages);
    expect(summary.faults.map(({ code, field, lines, first_lines }) => [code, field, lines, first_lines])).toEqual([
      ['amount_is_a_number', 'amount', 2, [10, 11]], ['not_json', '', 1, [9]], ['currency_unknown', 'currency', 1, [11]], ['line_too_long', '', 1, [14]],
    ]);
    expect(checkExitCode(summary)).toBe(1);
    const text = renderCheck(summary);
    expect(text).not.toContain('4111111111111111');
    expect(text.split('\n')[0]).toBe('Of 14 messages, 4 would be rejected and 2 would be in conflict.');
    for (const part of ['amount_is_a_number in amount: 2 lines (first: 10, 11)', 'loyalty 2 times from line 12', 'metadata.card (card_number)', '1 redelivery: ']) expect(text).toContain(part);
  });

  test('of something else is no file of payments', async () => {
    const summary = await check('a,b\n1,2\n');
    expect(checkExitCode(summary)).toBe(3);
    expect(renderCheck(summary)).toContain('Not a file of payments: all 2 messages would be rejected.');
    const empty = await check('\n\n');
    expect(checkExitCode(empty)).toBe(3);
    expect(renderCheck(empty)).toContain('Empty');
  });

  test('with rejects or conflicts alone is something to mend', async () => {
    expect(checkExitCode(await check(`${payment('1')}\nx`))).toBe(1);
    expect(checkExitCode(await check(`${payment('1')}\n${payment('1', { amount: '2' })}`))).toBe(1);
    expect(checkExitCode(await check(`${payment('1')}\n${payment('1')}`))).toBe(0);
  });

  test('gzipped reads the same; cut short, what was read is shown, and nothing is said to be kept', async () => {
    const text = Array.from({ length: 12_000 }, (_, n) => payment(`id-${n}`)).join('\n');
    const whole = gzipSync(text);
    const { input: _, source: __, ...summary } = await check(whole);
    expect(summary).toMatchObject({ messages: 12_000, payments: 12_000 });
    const cut = await check(whole.subarray(0, -50));
    expect(cut).toMatchObject({ rejected: 0, broken_off: { error: expect.stringMatching(/ends early/), fix: 'A check keeps nothing. Get the whole file, and check that.' } });
    expect(cut.payments).toBeGreaterThan(6_000);
    expect(cut.payments).toBeLessThan(12_000);
    expect(checkExitCode(cut)).toBe(3);
    expect(renderCheck(cut)).toMatch(/^.* ends early .*\n→ A check keeps nothing\. .*\n\nBefore that [\d,]+ lines could be read:\n\nGood: [\d,]+ payments.*\n\nRead +.*\nPayments /);
    expect(renderCheck(await check(whole.subarray(0, 12)))).toMatch(/ends early.*\n→ .*\n\nNo message could be read before that\.$/);
    await expect(checkFile({ input: join(folder, 'none'), rules: RULES })).rejects.toThrow(Failure);
  });

  test('is only read', async () => {
    const before = readdirSync(folder).length;
    await check(payment('1'));
    expect(readdirSync(folder)).toHaveLength(before + 1);
  });
});
