import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Incidents } from '../../../functions/simulator/incidents.ts';
import { type Movement, sameMoneyFacts } from '../../../functions/simulator/movement.ts';
import { decimalText, shortDecimalText } from '../../../functions/simulator/money-text.ts';
import { Picker } from '../../../functions/simulator/picker.ts';
import { postedDigest } from '../../../functions/simulator/posted-digest.ts';
import { PRODUCERS } from '../../../functions/simulator/producers.ts';
import { Random } from '../../../functions/simulator/random.ts';
import { TimeQueue } from '../../../functions/simulator/time-queue.ts';
import { timeText, utcDate } from '../../../functions/simulator/time-text.ts';
import { offsetAt, ZONES } from '../../../functions/simulator/zones.ts';

describe('random numbers', () => {
  test('are the same for a seed and a stream, on every machine', () => {
    const random = new Random(42, 'sales');
    expect([random.bits(), random.bits(), random.bits()]).toEqual(GOLDEN);
  });

  test.each([
    ['another seed', new Random(43, 'sales')],
    ['a seed that differs beyond 32 bits', new Random(42 + 2 ** 32, 'sales')],
    ['another stream', new Random(42, 'plan')],
  ])('differ for %s', (_, random) => {
    expect(random.bits()).not.toBe(GOLDEN[0]);
  });

  test('have the moments of their distributions', () => {
    const random = new Random(7, 'moments');
    const draws = Array.from({ length: 50_000 }, () => [random.unit(), random.normal(), Math.log(random.logNormal(20, 0.5))] as const);
    const mean = (index: 0 | 1 | 2): number => draws.reduce((sum, draw) => sum + draw[index], 0) / draws.length;
    expect(mean(0)).toBeCloseTo(0.5, 1);
    expect(mean(1)).toBeCloseTo(0, 1);
    expect(Math.exp(mean(2))).toBeCloseTo(20, 0);
    expect(draws.every(([unit]) => unit > 0 && unit < 1)).toBe(true);
  });

  test('pick in proportion to weights, never what weighs nothing', () => {
    const random = new Random(1, 'picker');
    const picker = new Picker(['a', 'b', 'c'], (item) => ({ a: 1, b: 0, c: 3 })[item] as number);
    const picks = Array.from({ length: 20_000 }, () => picker.pick(random));
    expect(picks.filter((pick) => pick === 'c').length / picks.length).toBeCloseTo(0.75, 1);
    expect(picks).not.toContain('b');
  });
});

const GOLDEN = [1742511402, 3480078437, 674952643];

describe('texts', () => {
  test.each([
    [1050n, 2, '10.50', '10.5'],
    [1000n, 2, '10.00', '10'],
    [5n, 3, '0.005', '0.005'],
    [0n, 2, '0.00', '0'],
    [100n, 0, '100', '100'],
    [9_007_199_254_740_993n, 2, '90071992547409.93', '90071992547409.93'],
  ])('%d with exponent %d is %s or %s', (minor, exponent, long, short) => {
    expect([decimalText(minor, exponent), shortDecimalText(minor, exponent)]).toEqual([long, short]);
  });

  test('times agree with Date', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2199, 0) }), fc.integer({ min: -840, max: 840 }), (milliseconds, offset) => {
        expect(timeText(milliseconds * 1000, null, 3)).toBe(new Date(milliseconds).toISOString());
        expect(utcDate(milliseconds * 1000)).toBe(new Date(milliseconds).toISOString().slice(0, 10));
        const text = timeText(milliseconds * 1000, offset, 3);
        expect(milliseconds + offset * 60_000 < 0 || Date.parse(text) === milliseconds).toBe(true);
      }),
    );
  });

  test('zones agree with the time zone database', () => {
    const names = { central_europe: 'Europe/Berlin', britain: 'Europe/London', us_east: 'America/New_York', brazil: 'America/Sao_Paulo', gulf: 'Asia/Kuwait', india: 'Asia/Kolkata', japan: 'Asia/Tokyo' };
    for (const zone of ZONES) {
      const format = new Intl.DateTimeFormat('en', { timeZone: names[zone.name], timeZoneName: 'longOffset' });
      for (let day = 0; day < 366 * 3; day += 1) {
        const hour = Date.UTC(2023, 0, 1 + day, day % 24);
        const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(hour)) ?? [];
        const offset = hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
        expect(offsetAt(zone, hour * 1000), `${zone.name} ${new Date(hour).toISOString()}`).toBe(offset);
      }
    }
  });
});

describe('the queue', () => {
  test('gives what is due by time, and of equal times what was added first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), fc.integer({ min: 0, max: 20 }), (times, now) => {
        const queue = new TimeQueue<{ at: number; order: number }>();
        for (const [order, at] of times.entries()) queue.add({ at, order });
        const taken: { at: number; order: number }[] = [];
        for (let item = queue.takeDue(now); item !== null; item = queue.takeDue(now)) taken.push(item);
        expect(taken).toEqual(times.map((at, order) => ({ at, order })).filter(({ at }) => at <= now).sort((a, b) => a.at - b.at || a.order - b.order));
        expect(queue.size).toBe(times.length - taken.length);
      }),
    );
  });
});

describe('the digest of posted ids', () => {
  test('sorts by bytes, also where UTF-16 would not', () => {
    expect(postedDigest(['\u{1f4b6}', '\ufb01', 'a'])).toBe(postedDigest(['a', '\ufb01', '\u{1f4b6}']));
    // printf 'a\n\xef\xac\x81\n\xf0\x9f\x92\xb6' | sha256sum
    expect(postedDigest(['\u{1f4b6}', '\ufb01', 'a'])).toBe(DIGEST);
  });

  test('of many ids joins them all with line feeds', () => {
    const ids = Array.from({ length: 25_000 }, (_, index) => `id-${String(index).padStart(6, '0')}`);
    expect(postedDigest(ids.toReversed())).toBe(postedDigest(ids));
    expect(postedDigest(ids)).toBe(createHash('sha256').update(ids.join('\n')).digest('hex'));
  });
});

const DIGEST = '4f3e82b124ae1483ff07da1b9049ef8b8fec699b0242d852d2987b6e84030454';

describe('incidents', () => {
  const hour = 3_600_000_000;
  const incidents = new Incidents([{ from: 1.5 * hour, to: 3.25 * hour, producer: PRODUCERS.tickets }, { from: 8 * hour, to: 9 * hour, producer: null }]);

  test.each([
    [1.4, 'tickets', false],
    [1.5, 'tickets', true],
    [3.2, 'tickets', true],
    [3.25, 'tickets', false],
    [2, 'gateway', false],
    [8.5, 'gateway', true],
    [2, 'tickets', true], // asked about an earlier time again
  ] as const)('at hour %d for %s: %s', (at, producer, expected) => {
    expect(incidents.at(at * hour, PRODUCERS[producer]) !== null).toBe(expected);
  });
});

describe('money facts', () => {
  const sale = { transaction_id: 't', kind: 'payment', minor: 100n, currency: 'EUR', customer_id: 'c', merchant_id: 'm', original_transaction_id: null, event_time: 0, identity: { posted: null } } as unknown as Movement;

  test.each<[string, Partial<Movement>, boolean]>([
    ['kind', { kind: 'refund' }, false],
    ['amount', { minor: 101n }, false],
    ['currency', { currency: 'USD' }, false],
    ['customer', { customer_id: 'd' }, false],
    ['merchant', { merchant_id: 'n' }, false],
    ['original', { original_transaction_id: 'o' }, false],
    ['event_time', { event_time: 86_400_000_000 }, true],
    ['metadata', { metadata: { note: 'x' } }, true],
  ])('with another %s', (_, change, same) => {
    expect(sameMoneyFacts(sale, { ...sale, ...change })).toBe(same);
  });
});
