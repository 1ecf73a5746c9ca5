import { daysFromDate, daysInMonth, MICROS_PER_DAY, MICROS_PER_SECOND, type Micros } from '../../payment/calendar.ts';
import { parseOffset } from '../../payment/rfc3339.ts';

/** A date and time as written on a wall, without a zone: microseconds since 1970-01-01T00:00:00 on that wall. */
export interface WallTime {
  readonly wall: Micros;
  /** Minutes ahead of UTC, where the text says so itself. */
  readonly offset_minutes: number | null;
}

export interface DatePattern {
  /** False where the pattern is a date alone. */
  readonly has_time: boolean;
  /** Reads a text of exactly this pattern; null for anything else, and for days and hours that don't exist. */
  read(text: string, timeOfDay: Micros): WallTime | null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTHS_IN_FULL = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** What each letter group of a pattern matches. Two letters are two digits, one letter is one or two. */
const GROUPS: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})', yy: '(?<shortYear>\\d{2})',
  MMMM: `(?<monthInFull>${MONTHS_IN_FULL.join('|')})`, MMM: `(?<monthName>${MONTHS.join('|')})`, MM: '(?<month>\\d{2})', M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})', d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})', H: '(?<hour>\\d{1,2})', hh: '(?<hour12>\\d{2})', h: '(?<hour12>\\d{1,2})',
  mm: '(?<minute>\\d{2})', ss: '(?<second>\\d{2})', S: '(?<fraction>\\d{1,9})', a: '(?<half>am|pm)', XXX: '(?<offset>z|[+-]\\d\\d:\\d\\d)',
  '[': '(?:', ']': ')?', T: 'T',
};
const TOKEN = /'[^']*'|([A-Za-z])\1*|./g;

/**
 * Makes a reader of a date pattern: `yyyy yy MMMM MMM MM M dd d HH H hh h mm ss S a XXX`, `[…]` for what may be missing, `'…'` and
 * all but letters for themselves. Month names are English; of `yy`, 00–69 are 2000–2069 and 70–99 are 1970–1999; `S` is a fraction
 * of a second, cut to microseconds. Returns a text that says what is wrong where the pattern is none.
 */
export function compileDatePattern(pattern: string): DatePattern | string {
  const tokens = pattern.match(TOKEN) ?? [];
  const unknown = tokens.find((token) => /^[A-Za-z]/.test(token) && groupOf(token) === undefined);
  if (unknown !== undefined) return `"${unknown}" is no part of a date pattern; put texts between single quotes`;
  for (const [part, letters] of [['year', /y/], ['month', /M/], ['day', /d/]] as const) {
    if (!letters.test(pattern.replace(/'[^']*'/g, ''))) return `the pattern has no ${part}`;
  }
  const source = tokens.map((token) => groupOf(token) ?? literal(token)).join('');
  let expression: RegExp;
  try {
    expression = new RegExp(`^${source}$`, 'i');
  } catch {
    return 'a part stands twice, or a bracket is left open';
  }
  return { has_time: /[Hh]/.test(pattern.replace(/'[^']*'/g, '')), read: (text, timeOfDay) => readGroups(expression.exec(text)?.groups, timeOfDay) };
}

function groupOf(token: string): string | undefined {
  return GROUPS[/^S+$/.test(token) ? 'S' : token];
}

function literal(token: string): string {
  return (token.startsWith("'") ? token.slice(1, -1) : token).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

type Groups = Readonly<Record<string, string | undefined>>;

function readGroups(groups: Groups | undefined, timeOfDay: Micros): WallTime | null {
  if (!groups) return null;
  const year = groups.year ? Number(groups.year) : fullYear(Number(groups.shortYear));
  const month = monthOf(groups);
  const day = Number(groups.day);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const inDay = microsInDay(groups, timeOfDay);
  if (inDay === null) return null;
  const offset = groups.offset ? parseOffset(groups.offset) : null;
  if (groups.offset && offset === null) return null;
  return { wall: daysFromDate(year, month, day) * MICROS_PER_DAY + inDay, offset_minutes: offset };
}

function fullYear(short: number): number {
  return short < 70 ? 2_000 + short : 1_900 + short;
}

function monthOf(groups: Groups): number {
  if (groups.monthInFull) return MONTHS_IN_FULL.indexOf(groups.monthInFull.toLowerCase()) + 1;
  if (groups.monthName) return MONTHS.indexOf(groups.monthName.toLowerCase()) + 1;
  return Number(groups.month);
}

function microsInDay(groups: Groups, timeOfDay: Micros): Micros | null {
  if (groups.hour === undefined && groups.hour12 === undefined) return timeOfDay;
  const hour = groups.hour12 === undefined ? Number(groups.hour) : hourOfHalf(Number(groups.hour12), groups.half);
  const minute = Number(groups.minute ?? 0);
  const second = Number(groups.second ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const fraction = Number((groups.fraction ?? '').slice(0, 6).padEnd(6, '0'));
  return (hour * 3_600 + minute * 60 + second) * MICROS_PER_SECOND + fraction;
}

/** The hour of the day for `12 am` … `11 pm`; one that doesn't exist for anything else. */
function hourOfHalf(hour: number, half: string | undefined): number {
  if (half === undefined || hour < 1 || hour > 12) return 24;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}
