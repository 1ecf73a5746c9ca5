/** How figures are written for people: counts, money, shares, durations. Each in one way, wherever it is read. */

/** Commas between thousands of a whole number or a decimal text: `1,234,567`, `-1,234,567.80`. Never rounds. */
export function grouped(decimal: string | number | bigint): string {
  const [whole = '', fraction] = String(decimal).split('.');
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}

/** `1 break`, `2 breaks`, `1,234 breaks`; `more` where the plural is another word. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : more}`;
}

/** `all 12 messages`, or `the only message` where there is one. */
export function allOf(count: number, one: string): string {
  return count === 1 ? `the only ${one}` : `all ${counted(count, one)}`;
}

/** Money in major units, with its currency behind it: `1,234.50 EUR`. */
export function money(decimal: string, currency: string): string {
  return `${grouped(decimal)} ${currency}`;
}

/** A part of a whole in per cent with two digits, cut: `99.99` is never shown as 100. Null where there is no whole. */
export function share(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const hundredths = (BigInt(part) * 10_000n) / BigInt(whole);
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, '0')}`;
}

/** A share as people read it: `12.34 %`; nothing where there is none. */
export function percent(of: string | null): string {
  return of === null ? '' : `${of} %`;
}

/** How long something took, in seconds: `0.4 s`, `1,234.5 s`. */
export function seconds(duration: number): string {
  return `${grouped(duration.toFixed(1))} s`;
}

/** So many in so many seconds: `1,234 a second`. */
export function aSecond(count: number, duration: number): string {
  return `${grouped(Math.round(count / Math.max(duration, SHORTEST)))} a second`;
}

/** Seconds. Prevents a rate of infinity where the clock hasn't moved. */
const SHORTEST = 0.001;

/** Minutes as `45 min`, `3 h 20 min` or `2 d 5 h`. */
export function readableDelay(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${grouped(Math.floor(minutes / (24 * 60)))} d ${Math.floor((minutes % (24 * 60)) / 60)} h`;
}

/** An age in whole days as people say it; `unknown` where it is null. */
export function readableAge(days: number | null): string {
  return days === null ? 'unknown' : counted(days, 'day');
}
