import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageBatch } from '../../functions/adapters/embedded/file-messages.ts';
import { type BatchSteps, passBatches } from '../../functions/local/ingest/pass-batches.ts';
import { MICROS_PER_HOUR } from '../../functions/payment/time.ts';

/** Batches by the hours at which their messages came in; never across a midnight. */
const HOURS = fc
  .array(fc.tuple(fc.nat(3), fc.array(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 3 })), { maxLength: 6 })
  .map((days) => {
    let day = 0;
    let last = 0;
    return days.map(([further, hours]) => {
      if (further > 0) last = 0;
      day += further;
      return [...hours].sort((a, b) => a - b).map((hour) => day * 24 + (last = Math.max(last, hour)));
    });
  });

/** Those that begin at such an hour are of long lines. */
const isLarge = (hours: readonly number[]) => hours[0] % 3 === 0;
const LONG_LINES = 33 * 1024 * 1024;
const SHORT_LINES = 1_000;

function batchesOf(hours: readonly number[][]): MessageBatch[] {
  let bytes_read = 0;
  return hours.map((one) => {
    bytes_read += isLarge(one) ? LONG_LINES : SHORT_LINES;
    const messages = one.map((hour) => ({ received_at: hour * MICROS_PER_HOUR }));
    return { messages, progress: { bytes_read }, clock: messages.at(-1)!.received_at } as unknown as MessageBatch;
  });
}

/** What was begun and ended, in order: `+write 2`, `-write 2`. */
type Events = string[];

interface Trial {
  readonly events: Events;
  /** The clock at which each posting was begun. */
  readonly posted: readonly number[];
  /** Messages for which room was asked, all together. */
  readonly room: number;
  readonly failure: string | null;
}

/** Runs batches through steps that take as long as the scheduler lets them, and of which one may fail; each third batch makes room. */
async function trial(scheduler: fc.Scheduler, hours: readonly number[][], clock: number | null, failing: string | null): Promise<Trial> {
  const events: Events = [];
  const batches = batchesOf(hours);
  const step = async (name: string) => {
    events.push(`+${name}`);
    await scheduler.schedule(Promise.resolve(), name);
    events.push(`-${name}`);
    if (name === failing) throw new Error(`${name} failed`);
  };
  let next = 0;
  const number = (batch: MessageBatch) => batches.indexOf(batch);
  const posted: number[] = [];
  let room = 0;
  let since = 0;
  const steps: BatchSteps = {
    archive: (batch) => step(`archive ${number(batch)}`),
    prepare: async (batch) => (await step(`prepare ${number(batch)}`), []),
    write: (batch) => step(`write ${number(batch)}`),
    post: (now) => step(`post ${posted.push(now) - 1}`),
    async makeRoom(messages, quiet) {
      room += messages;
      if (++since % 3 !== 0) return;
      await quiet();
      await step(`room ${since}`);
    },
  };
  const messages = {
    next: async () => {
      await step(`read ${next}`);
      return batches[next++] ?? null;
    },
    close: async () => undefined,
  };
  const opened = { messages, realClock: 0, clock: clock === null ? null : clock * MICROS_PER_HOUR };
  const passed = passBatches(opened, 1, steps).then(() => null, (error: Error) => error.message);
  const failure = await scheduler.waitFor(passed);
  return { events, posted, room, failure };
}

const at = (events: Events, event: string) => events.indexOf(event);

/** What must hold of every run, whatever fails. */
function check({ events, failure }: Trial, hours: readonly number[][], clock: number | null): void {
  const active = new Set<string>();
  for (const event of events) {
    const [kind, place] = event.slice(1).split(' ');
    if (event.startsWith('-')) {
      active.delete(event.slice(1));
      continue;
    }
    expect([...active].filter((other) => other.startsWith(kind)), `${event} beside another of its kind`).toEqual([]);
    if (kind === 'room') expect([...active], 'beside room').toEqual([]);
    expect([...active].filter((other) => other.startsWith('room')), `${event} beside room`).toEqual([]);
    active.add(event.slice(1));
    const stored = [...active].filter((one) => /^(archive|write|post)/.test(one));
    const large = stored.filter((one) => !one.startsWith('post') && isLarge(hours[Number(one.split(' ')[1])]));
    if (large.length > 0) expect(stored, 'beside a batch of long lines').toEqual(large);
    if (large.length > 0) expect(large, 'beside a batch of long lines').toHaveLength(1);
    if (kind !== 'write') continue;
    const index = Number(place);
    expect(events.slice(0, at(events, event)), `${event} before its archive`).toContain(`-archive ${index}`);
    if (index > 0) expect(events.slice(0, at(events, event)), `${event} before the one before it`).toContain(`-write ${index - 1}`);
  }
  expect([...active], 'left under way').toEqual([]);
  // A posting sees every line before its midnight, and is begun before a line after it is written.
  const days = hours.map(([first]) => Math.floor(first / 24));
  let postings = clock === null ? 0 : 1;
  let before = clock === null ? null : Math.floor(clock / 24);
  for (const [index, day] of days.entries()) {
    if (before !== null && day > before) {
      const begun = at(events, `+post ${postings}`);
      if (failure === null) expect(begun, `posting before batch ${index}`).toBeGreaterThan(-1);
      if (begun > -1 && index > 0) expect(events.slice(0, begun), `post ${postings} sees batch ${index - 1}`).toContain(`-write ${index - 1}`);
      const written = at(events, `+write ${index}`);
      if (written > -1) expect(begun, `post ${postings} is begun before batch ${index} is written`).toSatisfy((place: number) => place > -1 && place < written);
      postings += 1;
    }
    before = day;
  }
}

const CLOCK = fc.option(fc.constant(0), { nil: null });

test('whatever takes how long: archived before written, one of each kind at a time, all lines of a day before it is posted, room only when all is quiet', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), HOURS, CLOCK, async (scheduler, hours, clock) => {
      const run = await trial(scheduler, hours, clock, null);
      expect(run.failure).toBeNull();
      for (const index of hours.keys()) expect(run.events).toContain(`-write ${index}`);
      check(run, hours, clock);
      expect(run.room).toBe(hours.flat().length);
      const days = [...(clock === null ? [] : [clock]), ...hours.map(([first]) => first)];
      const passed = days.filter((hour, index) => index > 0 && Math.floor(hour / 24) > Math.floor(days[index - 1] / 24));
      expect(run.posted).toEqual([...(clock === null ? [] : [clock]), ...passed].map((hour) => hour * MICROS_PER_HOUR));
    }),
    { numRuns: 300 },
  );
});

test('whatever fails is told, after all that was under way has ended, and nothing is written that is not archived', async () => {
  const failing = fc.oneof(...['archive', 'write', 'read', 'prepare'].map((kind) => fc.nat(5).map((index) => `${kind} ${index}`)), fc.nat(2).map((index) => `post ${index}`));
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), HOURS, CLOCK, failing, async (scheduler, hours, clock, fault) => {
      const run = await trial(scheduler, hours, clock, fault);
      const happened = run.events.includes(`-${fault}`);
      expect(run.failure).toBe(happened ? `${fault} failed` : null);
      check(run, hours, clock);
      const [kind, index] = fault.split(' ');
      if (happened && (kind === 'archive' || kind === 'write')) expect(run.events).not.toContain(`+write ${kind === 'archive' ? index : Number(index) + 1}`);
    }),
    { numRuns: 500 },
  );
});

test('the midnights up to the clock come before any other: an earlier run may have been stopped before it posted them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), HOURS, async (scheduler, hours) => {
      const { events } = await trial(scheduler, hours, 0, null);
      expect(events.slice(0, 3), 'after a look at the source, which may be none').toEqual(['+read 0', '-read 0', '+post 0']);
      expect(at(events, '+post 1') === -1 || at(events, '+post 1') > at(events, '-post 0')).toBe(true);
    }),
  );
});
