import { describe, expect, test } from 'vitest';
import { timeReader } from '../../../functions/local/convert/time-text.ts';

function read(text: string, format: string | string[], zone = 'UTC', time_of_day?: string): string {
  const reader = timeReader({ format, zone, ...(time_of_day === undefined ? {} : { time_of_day }) });
  if (typeof reader === 'string') throw new Error(reader);
  const time = reader(text);
  return typeof time === 'string' ? time : time.clock_change === 'none' ? time.text : `${time.text} ${time.clock_change}`;
}

describe('a time as exports write it', () => {
  test.each<[string, string | string[], string, string]>([
    ['21/04/2015', 'dd/MM/yyyy', 'Europe/London', '2015-04-21T12:00:00+01:00'],
    ['01/01/2015', 'dd/MM/yyyy', 'Europe/London', '2015-01-01T12:00:00Z'],
    ['29/02/2024', 'dd/MM/yyyy', 'UTC', '2024-02-29T12:00:00Z'],
    ['29/02/2023', 'dd/MM/yyyy', 'UTC', 'none'],
    ['31/04/2015', 'dd/MM/yyyy', 'UTC', 'none'],
    ['12/31/2015', 'dd/MM/yyyy', 'UTC', 'none'],
    ['1/4/2015', 'dd/MM/yyyy', 'UTC', 'none'],
    ['1/4/2015', 'd/M/yyyy', 'UTC', '2015-04-01T12:00:00Z'],
    ['00:00:00', 'dd/MM/yyyy', 'UTC', 'none'],
    ['21/04/2015 ', 'dd/MM/yyyy', 'UTC', 'none'],
    ['21/04/15', 'dd/MM/yy', 'UTC', '2015-04-21T12:00:00Z'],
    ['21/04/70', 'dd/MM/yy', 'UTC', '1970-04-21T12:00:00Z'],
    ['21/04/69', 'dd/MM/yy', 'UTC', '2069-04-21T12:00:00Z'],
    ['21 Apr 2015', 'd MMM yyyy', 'UTC', '2015-04-21T12:00:00Z'],
    ['april 3, 2015', 'MMMM d, yyyy', 'UTC', '2015-04-03T12:00:00Z'],
    ['2026-01-31 13:45', 'yyyy-MM-dd HH:mm[:ss]', 'UTC', '2026-01-31T13:45:00Z'],
    ['2026-01-31 13:45:59', 'yyyy-MM-dd HH:mm[:ss]', 'UTC', '2026-01-31T13:45:59Z'],
    ['2026-01-31 13:45:5', 'yyyy-MM-dd HH:mm[:ss]', 'UTC', 'none'],
    ['2026-01-31T24:00:00', "yyyy-MM-dd'T'HH:mm:ss", 'UTC', 'none'],
    ['2026-01-31T23:59:59.1234567', 'yyyy-MM-ddTHH:mm:ss[.S]', 'UTC', '2026-01-31T23:59:59.123456Z'],
    ['1/31/26 12:05 AM', 'M/d/yy h:mm a', 'UTC', '2026-01-31T00:05:00Z'],
    ['1/31/26 12:05 PM', 'M/d/yy h:mm a', 'UTC', '2026-01-31T12:05:00Z'],
    ['1/31/26 13:05 PM', 'M/d/yy h:mm a', 'UTC', 'none'],
    ['2026-01-31 23:00:00+05:30', 'yyyy-MM-dd HH:mm:ssXXX', 'Europe/London', '2026-01-31T23:00:00+05:30'],
    ['2026-01-31 23:00:00', 'yyyy-MM-dd HH:mm:ss', 'America/New_York', '2026-01-31T23:00:00-05:00'],
    ['2026-01-31 23:00:00', 'yyyy-MM-dd HH:mm:ss', '+02:00', '2026-01-31T23:00:00+02:00'],
    ['2026-01-31T23:00:00+01:00', 'rfc3339', 'UTC', '2026-01-31T23:00:00+01:00'],
    ['2026-01-31T23:00:00', 'rfc3339', 'UTC', 'none'],
    ['1769900400', 'epoch_s', 'UTC', '2026-01-31T23:00:00Z'],
    ['1769900400.0000019', 'epoch_s', 'UTC', '2026-01-31T23:00:00.000001Z'],
    ['1769900400123', 'epoch_ms', 'UTC', '2026-01-31T23:00:00.123000Z'],
    ['1769900400123456', 'epoch_us', 'UTC', '2026-01-31T23:00:00.123456Z'],
    ['1769900400', 'epoch_s', 'Asia/Tokyo', '2026-02-01T08:00:00+09:00'],
    ['1769900400123', 'epoch_s', 'UTC', 'none'],
    ['-1', 'epoch_s', 'UTC', 'none'],
    ['1e9', 'epoch_s', 'UTC', 'none'],
    ['31/12/1969', 'dd/MM/yyyy', 'UTC', 'none'],
    ['01/01/2200', 'dd/MM/yyyy', 'UTC', 'none'],
    ['2015-04-21', ['dd/MM/yyyy', 'yyyy-MM-dd'], 'UTC', '2015-04-21T12:00:00Z'],
    ['03/04/2015', ['dd/MM/yyyy', 'MM/dd/yyyy'], 'UTC', 'several'],
    ['04/04/2015', ['dd/MM/yyyy', 'MM/dd/yyyy'], 'UTC', '2015-04-04T12:00:00Z'],
    // Clocks forward: the hour that isn't there is moved on. Clocks back: the first of the two.
    ['2026-03-29 00:59:59', 'yyyy-MM-dd HH:mm:ss', 'Europe/London', '2026-03-29T00:59:59Z'],
    ['2026-03-29 01:30:00', 'yyyy-MM-dd HH:mm:ss', 'Europe/London', '2026-03-29T02:30:00+01:00 skipped'],
    ['2026-03-29 02:00:00', 'yyyy-MM-dd HH:mm:ss', 'Europe/London', '2026-03-29T02:00:00+01:00'],
    ['2026-10-25 00:59:59', 'yyyy-MM-dd HH:mm:ss', 'Europe/London', '2026-10-25T00:59:59+01:00'],
    ['2026-10-25 01:30:00', 'yyyy-MM-dd HH:mm:ss', 'Europe/London', '2026-10-25T01:30:00+01:00 repeated'],
    ['2026-10-25 02:00:00', 'yyyy-MM-dd HH:mm:ss', 'Europe/London', '2026-10-25T02:00:00Z'],
    ['2026-03-08 02:30:00', 'yyyy-MM-dd HH:mm:ss', 'America/New_York', '2026-03-08T03:30:00-04:00 skipped'],
    ['2026-11-01 01:30:00', 'yyyy-MM-dd HH:mm:ss', 'America/New_York', '2026-11-01T01:30:00-04:00 repeated'],
    ['2026-04-05 01:45:00', 'yyyy-MM-dd HH:mm:ss', 'Australia/Lord_Howe', '2026-04-05T01:45:00+11:00 repeated'],
    ['2026-10-04 02:15:00', 'yyyy-MM-dd HH:mm:ss', 'Australia/Lord_Howe', '2026-10-04T02:45:00+11:00 skipped'],
    ['2011-12-30 12:00:00', 'yyyy-MM-dd HH:mm:ss', 'Pacific/Apia', '2011-12-31T12:00:00+14:00 skipped'],
    ['1971-01-01 00:00:00', 'yyyy-MM-dd HH:mm:ss', 'Africa/Monrovia', '1971-01-01T00:44:30Z'],
  ])('%j in %j of %s is %s', (text, format, zone, expected) => expect(read(text, format, zone)).toBe(expected));

  test('a date alone is at noon, or at the time that the map names', () => {
    expect(read('21/04/2015', 'dd/MM/yyyy', 'Asia/Tokyo')).toBe('2015-04-21T12:00:00+09:00');
    expect(read('21/04/2015', 'dd/MM/yyyy', 'Asia/Tokyo', '23:59:59')).toBe('2015-04-21T23:59:59+09:00');
    expect(read('21/04/2015 08:00', 'dd/MM/yyyy HH:mm', 'Asia/Tokyo', '23:59:59')).toBe('2015-04-21T08:00:00+09:00');
  });

  test.each([
    [{ format: 'dd/MM/yyyy', zone: 'Europe/Lundon' }, 'time zone'],
    [{ format: 'dd/MM' }, 'no year'],
    [{ format: 'yyyy-dd' }, 'no month'],
    [{ format: 'MM/yyyy' }, 'no day'],
    [{ format: 'DD/MM/yyyy' }, '"DD"'],
    [{ format: 'dd/MM/yyyy[ HH:mm' }, 'bracket'],
    [{ format: 'dd/dd/MM/yyyy' }, 'twice'],
    [{ format: ['rfc3339', 'unix'] }, '"unix"'],
  ])('%j is no format', (source, wrong) => expect(timeReader(source)).toContain(wrong));
});
