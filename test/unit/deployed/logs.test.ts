import { describe, expect, test } from 'vitest';
import { cloudLog } from '../../../functions/adapters/google/cloud-log.ts';
import { traceOf } from '../../../functions/adapters/google/trace-context.ts';
import { LINES_PER_WINDOW, limitedLog, lineLimit, MAX_KINDS, WINDOW } from '../../../functions/deployed/limited-log.ts';
import { MESSAGES_PER_SUMMARY, SUMMARY_INTERVAL, tally } from '../../../functions/deployed/tally.ts';
import { keptLog, trialPlatform } from './trial-platform.ts';

function written(severity: 'INFO' | 'ERROR', message: string, fields?: Readonly<Record<string, string | number | boolean | null>>): { lines: string[]; entry: Record<string, unknown> } {
  const lines: string[] = [];
  cloudLog({ project: 'p', clock: { now: () => 1_769_904_000_123_456 }, labels: { function: 'f' }, output: (line) => lines.push(line) }).write(severity, message, fields);
  return { lines, entry: JSON.parse(lines[0]) as Record<string, unknown> };
}

describe('a line of the log', () => {
  test('has the names that Cloud Logging looks for, and our fields beside them', () => {
    expect(written('INFO', 'posted', { run: 3, kind: 'post' }).entry).toEqual({
      severity: 'INFO', message: 'posted', time: '2026-02-01T00:00:00.123456Z', run: 3, kind: 'post', 'logging.googleapis.com/labels': { function: 'f' },
    });
  });

  test.each(['a\n{"severity":"CRITICAL"}', 'a\r\nb', '\u001b[31mred', '\u0000', '\u2028'])('is one line whatever stands in a text: %j', (text) => {
    const { lines, entry } = written('INFO', text, { field: text });
    expect(lines).toHaveLength(1);
    expect(lines[0].match(/[\n\r\u001b\u0000]/g)).toEqual(['\n']);
    expect([entry.severity, entry.message, entry.field]).toEqual(['INFO', text, text]);
  });

  test('a field can\'t take the place of severity, time or trace', () => {
    const { entry } = written('ERROR', 'real', { severity: 'INFO', message: 'false', time: 'never', 'logging.googleapis.com/labels': 'none' });
    expect(entry).toMatchObject({ severity: 'ERROR', message: 'real', time: '2026-02-01T00:00:00.123456Z', 'logging.googleapis.com/labels': { function: 'f' } });
  });

  test('long texts are cut, never inside a character', () => {
    const { entry } = written('INFO', '\u{1f4b6}'.repeat(400), { field: `x${'\u{1f4b6}'.repeat(400)}` });
    for (const text of [entry.message, entry.field] as string[]) {
      expect(text.length).toBeLessThanOrEqual(301);
      expect(text.isWellFormed()).toBe(true);
    }
  });
});

describe('the trace of a request', () => {
  const id = '0af7651916cd43dd8448eb211c80319c';
  test.each([
    ['traceparent', { traceparent: `00-${id}-b7ad6b7169203331-01` }, { trace_id: id, span_id: 'b7ad6b7169203331' }],
    ['the older header', { 'x-cloud-trace-context': `${id}/255;o=1` }, { trace_id: id, span_id: '00000000000000ff' }],
    ['the older header without a span', { 'x-cloud-trace-context': id }, { trace_id: id, span_id: null }],
    ['both: the standard one', { traceparent: `00-${id}-b7ad6b7169203331-00`, 'x-cloud-trace-context': `${id}/1` }, { trace_id: id, span_id: 'b7ad6b7169203331' }],
    ['a span of more than 64 bits', { 'x-cloud-trace-context': `${id}/99999999999999999999` }, { trace_id: id, span_id: null }],
    ['nonsense', { traceparent: '00-x-y-01', 'x-cloud-trace-context': '../../etc' }, null],
    ['none', {}, null],
  ])('%s', (_name, headers, expected) => expect(traceOf(headers)).toEqual(expected));
});

describe('lines of one kind', () => {
  function trial() {
    const { clock } = trialPlatform();
    const kept = keptLog();
    const fields: unknown[] = [];
    const log = limitedLog({ write: (severity, message, given) => (kept.write(severity, message, given), void fields.push(given)) }, lineLimit(clock));
    return { clock, kept, fields, log };
  }

  test('are limited in a window, then go on with how many were left out', () => {
    const { clock, kept, fields, log } = trial();
    for (let line = 0; line < LINES_PER_WINDOW + 7; line++) log.write('WARNING', 'store failed', { code: 14 });
    expect(kept.lines).toHaveLength(LINES_PER_WINDOW);
    clock.now_is += WINDOW;
    log.write('WARNING', 'store failed', { code: 14 });
    expect(fields.at(-1)).toEqual({ code: 14, lines_left_out: 7 });
    log.write('WARNING', 'store failed', { code: 14 });
    expect(fields.at(-1)).toEqual({ code: 14 });
  });

  test('another code, or another message, is another kind', () => {
    const { kept, log } = trial();
    for (let line = 0; line < 20; line++) log.write('WARNING', 'store failed', { code: 14 });
    log.write('WARNING', 'store failed', { code: 4 });
    log.write('ERROR', 'job failed');
    expect(kept.lines.slice(LINES_PER_WINDOW)).toEqual(['WARNING store failed 4', 'ERROR job failed']);
  });

  test('a clock that goes back opens a new window', () => {
    const { clock, kept, log } = trial();
    for (let line = 0; line < 20; line++) log.write('WARNING', 'a');
    clock.now_is -= 1;
    log.write('WARNING', 'a');
    expect(kept.lines).toHaveLength(LINES_PER_WINDOW + 1);
  });

  test('of too many kinds the oldest is forgotten: memory is bounded', () => {
    const { clock } = trialPlatform();
    const limit = lineLimit(clock);
    for (let line = 0; line < LINES_PER_WINDOW; line++) limit.admit('first');
    expect(limit.admit('first')).toBeNull();
    for (let kind = 0; kind < MAX_KINDS; kind++) limit.admit(`kind ${kind}`);
    expect(limit.admit('first')).toBe(0);
  });
});

describe('the tally', () => {
  test('sums up after so many messages, or so much time, and begins anew', () => {
    const { clock } = trialPlatform();
    const entries: unknown[] = [];
    const counted = tally({ write: (...entry) => void entries.push(entry) }, clock);
    for (let message = 1; message < MESSAGES_PER_SUMMARY; message++) counted.count('recorded');
    expect(entries).toEqual([]);
    counted.count('duplicate');
    const none = { recorded: 0, duplicate: 0, conflict: 0, late: 0, rejected: 0, dead_lettered: 0 };
    expect(entries).toEqual([['INFO', 'messages journaled', { ...none, recorded: MESSAGES_PER_SUMMARY - 1, duplicate: 1, messages: MESSAGES_PER_SUMMARY, seconds: 0 }]]);
    clock.now_is += SUMMARY_INTERVAL - 1;
    counted.count('late');
    expect(entries).toHaveLength(1);
    clock.now_is += 1;
    counted.count('late');
    expect(entries[1]).toEqual(['INFO', 'messages journaled', { ...none, late: 2, messages: 2, seconds: 60 }]);
    counted.sumUp();
    expect(entries).toHaveLength(2);
  });
});
