import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupAppends, type GroupingJournal } from '../../../functions/adapters/google/group-appends.ts';
import type { JournalLine } from '../../../functions/pipeline/journal-line.ts';
import { manualTimer, type ManualTimer, promisesSettled } from './manual-timer.ts';
import { BEHAVIOURS, type Behaviour, type Nature, trialLine, trialStore, type TrialStore } from './trial-store.ts';

const LIMITS = { linger_milliseconds: 5, rows_per_call: 4, bytes_per_call: 20, deadline_milliseconds: 100 };

interface Append {
  readonly lines: readonly JournalLine[];
  readonly at: number;
  state: 'open' | 'durable' | Error;
  answered_at: number;
}

interface Trial {
  readonly timer: ManualTimer;
  readonly store: TrialStore;
  readonly journal: GroupingJournal;
  /** Appends, and keeps what became of it. */
  append(...lines: JournalLine[]): Append;
}

function trial(): Trial {
  const timer = manualTimer();
  const store = trialStore(timer);
  const journal = groupAppends(store, LIMITS, timer.setTimer);
  return {
    timer, store, journal,
    append(...lines) {
      const append: Append = { lines, at: timer.now(), state: 'open', answered_at: -1 };
      const answered = (state: Append['state']) => {
        append.state = state;
        append.answered_at = timer.now();
      };
      journal.append(lines).then(() => answered('durable'), answered);
      return append;
    },
  };
}

async function answer({ store }: Trial, behaviour: Behaviour = 'honest'): Promise<void> {
  store.pending[0].answer(behaviour);
  await promisesSettled();
}

const idsOf = ({ calls }: TrialStore) => calls.map(({ rows }) => rows.map(({ id, stand_in }) => `${id.split('-')[0]}${stand_in ? ' rejected' : ''}`));

describe('grouping', () => {
  test('what comes within the linger time goes in one call, answered together', async () => {
    const one = trial();
    const first = one.append(trialLine(1));
    await one.timer.advance(4);
    const second = one.append(trialLine(2), trialLine(3));
    expect(one.store.calls).toHaveLength(0);
    await one.timer.advance(1);
    expect(idsOf(one.store)).toEqual([['1', '2', '3']]);
    expect([first.state, second.state]).toEqual(['open', 'open']);
    await answer(one);
    expect([first.state, second.state]).toEqual(['durable', 'durable']);
    expect(one.timer.pending()).toBe(0);
  });

  test('a full group goes at once, and what is left waits from then on', async () => {
    const one = trial();
    const append = one.append(...[1, 2, 3, 4, 5].map((number) => trialLine(number)));
    await promisesSettled();
    expect(idsOf(one.store)).toEqual([['1', '2', '3', '4']]);
    await one.timer.advance(5);
    expect(idsOf(one.store)).toEqual([['1', '2', '3', '4'], ['5']]);
    await answer(one);
    expect(append.state).toBe('open'); // split over two calls: answered when both are
    await answer(one);
    expect(append.state).toBe('durable');
  });

  test.each([
    ['bytes close a group before the line that would not fit', [12, 8, 1], [['0', '1'], ['2']]],
    ['a line over the limit goes alone', [1, 25, 1], [['0'], ['1'], ['2']]],
    ['exactly full is not over', [10, 10], [['0', '1']]],
  ])('%s', async (_name, sizes, calls) => {
    const one = trial();
    one.append(...sizes.map((bytes, number) => trialLine(number, 'good', bytes)));
    await one.timer.advance(5);
    expect(idsOf(one.store)).toEqual(calls);
  });

  test('nothing to append: no call', async () => {
    const one = trial();
    const append = one.append();
    await one.timer.advance(200);
    expect([append.state, one.store.calls.length]).toEqual(['durable', 0]);
  });

  test('two journals share nothing', async () => {
    const [one, other] = [trial(), trial()];
    one.append(trialLine(1));
    other.append(trialLine(2));
    await one.timer.advance(5);
    await other.timer.advance(5);
    expect([idsOf(one.store), idsOf(other.store)]).toEqual([[['1']], [['2']]]);
  });
});

describe('a bad row and its neighbours', () => {
  test.each<[string, Nature, Behaviour[], string[][]]>([
    ['refused by itself: the rejected line follows', 'bad', ['honest', 'honest'], [['1', '2', '3'], ['2 rejected']]],
    ['neighbours that were stopped go again', 'bad', ['strict', 'strict', 'honest'], [['1', '2', '3'], ['1', '3'], ['2 rejected']]],
    ['a call refused as a whole goes in halves', 'poison', ['honest', 'honest', 'honest', 'honest', 'honest', 'honest'], [['1', '2', '3'], ['2', '3'], ['3'], ['2'], ['1'], ['2 rejected']]],
  ])('%s', async (_name, nature, behaviours, calls) => {
    const one = trial();
    const appends = [one.append(trialLine(1)), one.append(trialLine(2, nature)), one.append(trialLine(3))];
    await one.timer.advance(5);
    for (const behaviour of behaviours) await answer(one, behaviour);
    expect(idsOf(one.store)).toEqual(calls);
    expect(appends.map(({ state }) => state)).toEqual(['durable', 'durable', 'durable']);
    expect(one.store.written.map(({ id, stand_in }) => `${id}${stand_in ? ' rejected' : ''}`).sort()).toEqual(['1-good-1', `2-${nature}-1 rejected`, '3-good-1']);
  });

  test('neighbours don\'t wait for the rejected line', async () => {
    const one = trial();
    const [good, bad] = [one.append(trialLine(1)), one.append(trialLine(2, 'bad'))];
    await one.timer.advance(5);
    await answer(one);
    expect([good.state, bad.state]).toEqual(['durable', 'open']);
    await answer(one);
    expect(bad.state).toBe('durable');
  });

  test('where even the rejected line is refused, that append fails, and no other', async () => {
    const one = trial();
    const [good, hopeless] = [one.append(trialLine(1)), one.append(trialLine(2, 'hopeless'))];
    await one.timer.advance(5);
    await answer(one);
    await answer(one);
    expect(good.state).toBe('durable');
    expect(hopeless.state).toMatchObject({ code: 'stand_in_refused' });
  });

  test('an append fails when one of its lines does, after all are settled', async () => {
    const one = trial();
    const append = one.append(trialLine(1), trialLine(2, 'hopeless'));
    await one.timer.advance(5);
    await answer(one);
    expect(append.state).toBe('open');
    await answer(one);
    expect(append.state).toMatchObject({ code: 'stand_in_refused' });
  });
});

describe('a call that fails', () => {
  test.each<[Behaviour, unknown]>([
    ['down', { message: 'down' }],
    ['lost', { message: 'no answer' }],
    ['stopped', { code: 'all_rows_stopped' }],
    ['short', { code: 'unreadable_answer' }],
  ])('%s: every append of it is told, nothing is sent again', async (behaviour, error) => {
    const one = trial();
    const appends = [one.append(trialLine(1)), one.append(trialLine(2))];
    await one.timer.advance(5);
    await answer(one, behaviour);
    expect(appends.map(({ state }) => state)).toMatchObject([error, error]);
    await one.timer.advance(1_000);
    expect(one.store.calls).toHaveLength(1);
  });

  test('no answer: given up at the deadline; a late one changes nothing and sends nothing', async () => {
    const one = trial();
    const [good, bad] = [one.append(trialLine(1)), one.append(trialLine(2, 'bad'))];
    await one.timer.advance(5 + 99);
    expect(good.state).toBe('open');
    await one.timer.advance(1);
    expect([good.state, bad.state]).toMatchObject([{ code: 'deadline' }, { code: 'deadline' }]);
    await answer(one);
    expect([good.state, one.store.calls.length]).toMatchObject([{ code: 'deadline' }, 1]);
  });

  test('the next group is not held up by one that hangs', async () => {
    const one = trial();
    const hanging = one.append(trialLine(1));
    await one.timer.advance(5);
    const next = one.append(trialLine(2));
    await one.timer.advance(5);
    one.store.pending[1].answer('honest');
    await promisesSettled();
    expect([hanging.state, next.state]).toEqual(['open', 'durable']);
  });

  test('a line that can\'t be encoded fails its own append, and puts nothing in a group', async () => {
    const timer = manualTimer();
    const store = trialStore(timer);
    const journal = groupAppends({ ...store, encode: () => { throw new Error('no row'); } }, LIMITS, timer.setTimer);
    await expect(journal.append([trialLine(1)])).rejects.toThrow('no row');
    expect(timer.pending()).toBe(0);
  });
});

describe('drain', () => {
  test('sends what waits, and returns when all are answered', async () => {
    const one = trial();
    const append = one.append(trialLine(1));
    let drained = false;
    void one.journal.drain().then(() => (drained = true));
    await promisesSettled();
    expect(idsOf(one.store)).toEqual([['1']]);
    expect(drained).toBe(false);
    const late = one.append(trialLine(2)); // a request that was in hand already
    await answer(one);
    expect([append.state, late.state, drained]).toEqual(['durable', 'open', false]);
    await answer(one);
    expect([late.state, drained]).toEqual(['durable', true]);
  });

  test('with nothing to do, and where calls fail, it returns as well', async () => {
    const one = trial();
    await one.journal.drain();
    const append = one.append(trialLine(1));
    const drained = one.journal.drain();
    await answer(one, 'down');
    await drained;
    expect(append.state).toBeInstanceOf(Error);
  });
});

type Step = { readonly do: 'append'; readonly lines: readonly [Nature, number][] } | { readonly do: 'wait'; readonly milliseconds: number } | { readonly do: 'answer'; readonly call: number; readonly behaviour: Behaviour };

const nature = fc.oneof({ weight: 5, arbitrary: fc.constant<Nature>('good') }, fc.constantFrom<Nature>('bad', 'poison', 'hopeless'));
const behaviour = fc.oneof({ weight: 4, arbitrary: fc.constantFrom<Behaviour>('honest', 'strict') }, { weight: 2, arbitrary: fc.constantFrom(...BEHAVIOURS) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('append' as const), lines: fc.array(fc.tuple(nature, fc.integer({ min: 1, max: 22 })), { maxLength: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: fc.constantFrom(0, 1, 4, 5, 30, 100) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('answer' as const), call: fc.nat(5), behaviour }) },
);

/** Does all steps, then answers what is open (honestly) until nothing is. */
async function play(steps: readonly Step[]): Promise<{ one: Trial; appends: Append[] }> {
  const one = trial();
  const appends: Append[] = [];
  let number = 0;
  for (const next of steps) {
    if (next.do === 'append') appends.push(one.append(...next.lines.map(([is, bytes]) => trialLine(++number, is, bytes))));
    else if (next.do === 'wait') await one.timer.advance(next.milliseconds);
    else one.store.pending[next.call % one.store.pending.length]?.answer(next.behaviour);
    await promisesSettled();
  }
  const drained = one.journal.drain();
  await promisesSettled();
  while (one.store.pending.length > 0) await answer(one);
  await one.timer.advance(LIMITS.deadline_milliseconds);
  await drained;
  return { one, appends };
}

test('any interleaving: an append resolves if and only if every line of it was said to be durable in time, as itself or as a rejected line', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
    const { one: { store, timer }, appends } = await play(steps);
    for (const { lines, state } of appends) {
      expect(state).not.toBe('open');
      const ids = lines.map(({ message }) => message.message_id);
      const saidInTime = ids.every((id) => store.saidWritten.has(id) && store.saidWritten.get(id)! < store.firstSent.get(id)! + LIMITS.deadline_milliseconds);
      expect(state === 'durable').toBe(saidInTime);
      if (state === 'durable') for (const id of ids) expect(store.written.some((row) => row.id === id && row.stand_in === !id.includes('good'))).toBe(true);
    }
    expect(timer.pending()).toBe(0);
  }), { numRuns: 300 });
});

test('any interleaving: no call is over the limits, no line waits longer than it may, and none is sent again once its append was answered', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
    const { one: { store }, appends } = await play(steps);
    for (const { rows } of store.calls) {
      expect(rows.length).toBeLessThanOrEqual(LIMITS.rows_per_call);
      expect(rows.length === 1 || rows.reduce((sum, { bytes }) => sum + bytes, 0) <= LIMITS.bytes_per_call).toBe(true);
    }
    for (const { lines, at, answered_at } of appends) {
      expect(answered_at - at).toBeLessThanOrEqual(LIMITS.linger_milliseconds + LIMITS.deadline_milliseconds);
      for (const { message } of lines) {
        expect(store.firstSent.get(message.message_id)! - at).toBeLessThanOrEqual(LIMITS.linger_milliseconds);
        expect(store.calls.filter((call) => call.at > answered_at && call.rows.some(({ id }) => id === message.message_id))).toEqual([]);
      }
    }
  }), { numRuns: 300 });
});
