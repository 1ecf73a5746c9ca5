import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EARLIEST_EVENT_TIME, formatMicros, LATEST_EVENT_TIME, MICROS_PER_DAY, parseRfc3339, utcDate, utcMidnightAfter, utcMidnightBefore } from '../../../functions/payment/time.ts';

/** The slow model: JavaScript's own Date, to the millisecond, with the rest added by hand. */
const model = (isoSeconds: string, fraction = ''): number => Date.parse(isoSeconds) * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));

describe('parseRfc3339', () => {
  test.each([
    // text, the same instant in UTC, offset as published
    ['2026-01-31T23:59:59Z', model('2026-01-31T23:59:59Z'), 'Z'],
    ['2026-01-31t23:59:59z', model('2026-01-31T23:59:59Z'), 'z'],
    ['2026-01-31 23:59:59+00:00', model('2026-01-31T23:59:59Z'), '+00:00'],
    ['2026-02-01T00:59:59+01:00', model('2026-01-31T23:59:59Z'), '+01:00'],
    ['2026-01-31T18:29:59-05:30', model('2026-01-31T23:59:59Z'), '-05:30'],
    ['2026-01-31T23:59:59-00:00', model('2026-01-31T23:59:59Z'), '-00:00'],
    ['2026-01-31T23:59:59.1Z', model('2026-01-31T23:59:59Z', '1'), 'Z'],
    ['2026-01-31T23:59:59.000001Z', model('2026-01-31T23:59:59Z', '000001'), 'Z'],
    ['2026-01-31T23:59:59.1234569Z', model('2026-01-31T23:59:59Z', '123456'), 'Z'],
    [`2026-01-31T23:59:59.${'9'.repeat(100)}Z`, model('2026-01-31T23:59:59Z', '999999'), 'Z'],
    ['2024-02-29T12:00:00Z', model('2024-02-29T12:00:00Z'), 'Z'],
    ['2000-02-29T12:00:00Z', model('2000-02-29T12:00:00Z'), 'Z'],
    ['2016-12-31T23:59:60Z', model('2017-01-01T00:00:00Z'), 'Z'],
    ['2016-12-31T23:59:60.5Z', model('2017-01-01T00:00:00Z', '5'), 'Z'],
    ['2017-01-01T08:59:60+09:00', model('2017-01-01T00:00:00Z'), '+09:00'],
    ['1970-01-01T00:00:00Z', EARLIEST_EVENT_TIME, 'Z'],
    ['2199-12-31T23:59:59.999999Z', LATEST_EVENT_TIME, 'Z'],
  ])('%s', (text, micros, offset) => expect(parseRfc3339(text)).toEqual({ micros, offset }));

  test.each([
    '', '2026', '2026-01-31', '2026-01-31T23:59Z', '2026-01-31T23:59:59', '2026-01-31T23:59:59 Z', '2026-01-31T23:59:59+0100', '2026-01-31T23:59:59+01',
    '2026-01-31T23:59:59.Z', '2026-01-31T23:59:59,5Z', '2026-01-31T23:59:59Z ', ' 2026-01-31T23:59:59Z', '2026-01-31T23:59:59Zx', '2026-01-31T23:59:59+01:00x',
    '2026-01-31_23:59:59Z', '2026/01/31T23:59:59Z', '2026-00-10T00:00:00Z', '2026-13-10T00:00:00Z', '2026-01-00T00:00:00Z', '2026-01-32T00:00:00Z',
    '2026-04-31T00:00:00Z', '2026-02-29T00:00:00Z', '2100-02-29T00:00:00Z', '2026-01-31T24:00:00Z', '2026-01-31T23:60:00Z', '2026-01-31T23:59:61Z',
    '2026-01-31T12:00:60Z', '2026-01-31T23:59:60+01:00', '2026-01-31T23:59:59+24:00', '2026-01-31T23:59:59+01:60', '2026-01-31T23:59:59-1:00',
    '1969-12-31T23:59:59Z', '1970-01-01T00:30:00+01:00', '2200-01-01T00:00:00Z', '2199-12-31T23:59:60Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z',
    '+002026-01-31T23:59:59Z', '２０２６-01-31T23:59:59Z', '1769900399', '20-1-01-31T23:59:59Z',
  ])('refuses %j', (text) => expect(parseRfc3339(text)).toBeNull());

  test('agrees with Date on every kind of time', () => {
    const time = fc.record({
      millis: fc.integer({ min: 86_400_000, max: Date.UTC(2199, 11, 30) }),
      belowMilli: fc.integer({ min: 0, max: 999 }),
      offset: fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }),
    });
    fc.assert(fc.property(time, ({ millis, belowMilli, offset }) => {
      const local = new Date(millis + offset * 60_000).toISOString().slice(0, -1);
      const minutes = Math.abs(offset);
      const suffix = `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      expect(parseRfc3339(`${local}${String(belowMilli).padStart(3, '0')}${suffix}`)).toEqual({ micros: millis * 1000 + belowMilli, offset: suffix });
    }), { numRuns: 2_000 });
  });

  test('knows every day of the calendar and no other', () => {
    for (let year = 1970; year <= 2199; year++) {
      for (let month = 1; month <= 12; month++) {
        for (const day of [1, 28, 29, 30, 31]) {
          const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          const expected = new Date(Date.UTC(year, month - 1, day));
          const exists = expected.getUTCMonth() === month - 1;
          expect(parseRfc3339(`${date}T00:00:00Z`)?.micros, date).toBe(exists ? expected.getTime() * 1000 : undefined);
        }
      }
    }
  });

  test('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-:TtZz+. x'), maxLength: 40 }), (text) => {
      const time = parseRfc3339(text);
      expect(time === null || Number.isSafeInteger(time.micros)).toBe(true);
    }));
  });
});

describe('writing times', () => {
  test.each([
    [0, '1970-01-01T00:00:00Z'],
    [1, '1970-01-01T00:00:00.000001Z'],
    [1_767_225_600_500_000, '2026-01-01T00:00:00.500000Z'],
    [-62_135_596_800_000_000, '0001-01-01T00:00:00Z'],
    [LATEST_EVENT_TIME, '2199-12-31T23:59:59.999999Z'],
  ])('%d is %s', (micros, text) => expect(formatMicros(micros)).toBe(text));

  const anyTime = fc.integer({ min: EARLIEST_EVENT_TIME, max: LATEST_EVENT_TIME });

  test('what is written is read back, and agrees with Date', () => {
    fc.assert(fc.property(anyTime, (micros) => {
      const text = formatMicros(micros);
      expect(parseRfc3339(text)).toEqual({ micros, offset: 'Z' });
      expect(text.slice(0, 19)).toBe(new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19));
      expect(utcDate(micros)).toBe(text.slice(0, 10));
    }), { numRuns: 2_000 });
  });

  test('midnights', () => {
    fc.assert(fc.property(anyTime, (micros) => {
      const before = utcMidnightBefore(micros);
      expect(formatMicros(before)).toBe(`${utcDate(micros)}T00:00:00Z`);
      expect(micros - before).toBeLessThan(MICROS_PER_DAY);
      expect(utcMidnightAfter(micros)).toBe(before + MICROS_PER_DAY);
    }));
    expect(utcMidnightBefore(MICROS_PER_DAY)).toBe(MICROS_PER_DAY);
    expect(utcMidnightAfter(MICROS_PER_DAY)).toBe(2 * MICROS_PER_DAY);
  });
});
