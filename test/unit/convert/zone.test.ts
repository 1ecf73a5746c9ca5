import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatWithOffset, zoneByName } from '../../../functions/local/convert/zone.ts';
import { parseRfc3339 } from '../../../functions/payment/time.ts';

const ZONES = ['UTC', 'Europe/London', 'Europe/Dublin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca', 'America/St_Johns', 'Africa/Cairo'];
const seconds = fc.integer({ min: 86_400, max: 2_500_000_000 });

test('an instant written on the wall comes back as itself, or as the other hour of a repeated one', () => {
  fc.assert(fc.property(fc.constantFrom(...ZONES), seconds, (name, second) => {
    const zone = zoneByName(name)!;
    const micros = second * 1_000_000;
    const back = zone.instantOf(micros + zone.offsetAt(micros) * 1_000_000);
    expect(back.clock_change).not.toBe('skipped');
    if (back.micros !== micros) {
      expect(back.clock_change).toBe('repeated');
      expect(back.micros).toBeLessThan(micros);
    }
  }), { numRuns: 500 });
});

test('offsets are those of the platform, whichever way they were asked for', () => {
  fc.assert(fc.property(fc.constantFrom(...ZONES), seconds, (name, second) => {
    const text = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' }).format(second * 1_000);
    expect(zoneByName(name)!.offsetAt(second * 1_000_000)).toBe(Date.parse(`${text.replace(' ', 'T')}Z`) / 1_000 - second);
  }), { numRuns: 300 });
});

test('what is written with an offset reads back as the same instant', () => {
  fc.assert(fc.property(fc.constantFrom(...ZONES), seconds, fc.integer({ min: 0, max: 999_999 }), (name, second, fraction) => {
    const micros = second * 1_000_000 + fraction;
    const text = formatWithOffset(micros, zoneByName(name)!.offsetAt(micros));
    expect(parseRfc3339(text)?.micros).toBe(micros);
  }));
});
