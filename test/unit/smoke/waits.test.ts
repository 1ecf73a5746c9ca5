import { describe, expect, test } from 'vitest';
import { FACT_NAMES, FACTS } from '../../../smoke/facts/list.ts';
import { record } from '../../../smoke/record.ts';
import { waitedFor } from '../../../smoke/steps/look.ts';
import { inRounds } from '../../../smoke/steps/rounds.ts';
import { waitUntil } from '../../../smoke/wait.ts';

const quick = { most: 60, every: 5, progress: () => undefined };

describe('a wait', () => {
  test('ends when it is done', async () => {
    let looks = 0;
    expect(await waitUntil({ ...quick, look: async () => ++looks, isDone: (seen) => seen === 3 })).toMatchObject({ done: true, seen: 3, fault: null });
  });
  test('ends when its time is over, with what was seen last', async () => {
    const from = performance.now();
    expect(await waitUntil({ ...quick, look: async () => 'half', isDone: () => false })).toMatchObject({ done: false, seen: 'half', fault: null });
    expect(performance.now() - from).toBeLessThan(5_000);
  });
  test('looks again where a look fails, and shows nothing of its message', async () => {
    let looks = 0;
    const look = async () => {
      if (++looks < 3) throw Object.assign(new Error('amount 12.34 of customer'), { code: 503 });
      return looks;
    };
    expect(await waitUntil({ ...quick, look, isDone: () => true })).toMatchObject({ done: true, seen: 3 });
    looks = -1_000;
    expect(await waitUntil({ ...quick, look, isDone: () => true })).toMatchObject({ done: false, seen: null, fault: '503' });
  });
  test('says for what, how long, what was seen and why the last look failed', () => {
    expect(waitedFor({ seconds: 20.4, fault: null }, 'the journal', '3 messages have no line')).toBe('waited 20 s for the journal: 3 messages have no line');
    expect(waitedFor({ seconds: 20.4, fault: '503', start_fault: '9' }, 'the ledger', null)).toBe('waited 20 s for the ledger: nothing was seen; the last look failed (503); its job could not be started (9)');
  });
});

describe('rounds', () => {
  test('start the work again until it has brought something', async () => {
    let started = 0;
    const found = await inRounds({ start: async () => ++started, look: async () => started, isDone: (seen) => seen === 3, progress: () => undefined, most: 5_000, each: 10 });
    expect(found).toMatchObject({ done: true, seen: 3, started: 3 });
  });
  test('end when the time of all is over, and say why the work did not start', async () => {
    const found = await inRounds({ start: () => Promise.reject(Object.assign(new Error('paused'), { code: 9 })), look: async () => 0, isDone: () => false, progress: () => undefined, most: 60, each: 20 });
    expect(found).toMatchObject({ done: false, seen: 0, fault: null, start_fault: '9' });
    expect(found.started).toBeGreaterThan(1);
  });
});

describe('the record', () => {
  test('has every fact, in order; what was not reached is skipped, and says because of what', async () => {
    const facts = record();
    facts.take('journal-lines', { ok: true, found: 'all' });
    await facts.look('archive', () => Promise.reject(new Error('no')));
    const results = facts.results('not asked: why');
    expect(results.map(({ name }) => name)).toEqual(FACT_NAMES);
    expect(results.slice(0, 2)).toEqual([
      { name: 'journal-lines', asks: FACTS['journal-lines'].asks, result: 'ok', found: 'all', next: null },
      { name: 'rows-visible', asks: FACTS['rows-visible'].asks, result: 'skipped', found: 'not asked: why', next: null },
    ]);
    expect(results.find(({ name }) => name === 'archive')).toMatchObject({ result: 'failed', found: 'could not be asked (Error)', next: FACTS.archive.next });
  });
});
