import { type Micros, MICROS_PER_DAY, MICROS_PER_SECOND } from '../payment/time.ts';

const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
/** How far back a run is looked for: a leap day's. Prevents a schedule that never comes true (30 February) from being looked for without end. */
const LOOK_BACK_DAYS = 8 * 366;

/** What a field may hold; 7 is Sunday, like 0. */
const BOUNDS = { minute: [0, 59], hour: [0, 23], day: [1, 31], month: [1, 12], weekday: [0, 7] } as const;

/** A schedule's fields as the numbers that they name. */
interface Schedule extends Readonly<Record<keyof typeof BOUNDS, ReadonlySet<number>>> {
  /** Day and weekday are both narrowed: then either is enough, as cron has it. */
  readonly either_day: boolean;
}

/**
 * The last time, not after `before`, at which a schedule of five fields (numbers, `*`, lists, ranges, steps; UTC) comes true; null where it
 * can't be read, or never does. https://cloud.google.com/scheduler/docs/configuring/cron-job-schedules
 */
export function lastScheduled(schedule: string, before: Micros): Micros | null {
  const read = readSchedule(schedule);
  if (read === null) return null;
  const midnight = before - (((before % MICROS_PER_DAY) + MICROS_PER_DAY) % MICROS_PER_DAY);
  for (let days = 0; days <= LOOK_BACK_DAYS; days++) {
    const day = midnight - days * MICROS_PER_DAY;
    if (!isDay(read, day)) continue;
    const found = lastInDay(read, days === 0 ? Math.floor((before - day) / MICROS_PER_MINUTE) : 24 * 60 - 1);
    if (found !== null) return day + found * MICROS_PER_MINUTE;
  }
  return null;
}

/** The last minute of a day, not after `latest`. */
function lastInDay({ minute, hour }: Schedule, latest: number): number | null {
  for (let at = latest; at >= 0; at--) if (minute.has(at % 60) && hour.has(Math.floor(at / 60))) return at;
  return null;
}

function isDay(schedule: Schedule, midnight: Micros): boolean {
  const date = new Date(midnight / 1_000);
  if (!schedule.month.has(date.getUTCMonth() + 1)) return false;
  const [byDay, byWeekday] = [schedule.day.has(date.getUTCDate()), schedule.weekday.has(date.getUTCDay())];
  return schedule.either_day ? byDay || byWeekday : byDay && byWeekday;
}

function readSchedule(text: string): Schedule | null {
  const fields = text.trim().split(/\s+/);
  const names = Object.keys(BOUNDS) as (keyof typeof BOUNDS)[];
  if (fields.length !== names.length) return null;
  const read = names.map((name, place) => readField(fields[place]!, BOUNDS[name]));
  if (read.includes(null)) return null;
  const [minute, hour, day, month, weekday] = read as Set<number>[];
  if (weekday!.has(7)) weekday!.add(0);
  return { minute: minute!, hour: hour!, day: day!, month: month!, weekday: weekday!, either_day: !fields[2]!.startsWith('*') && !fields[4]!.startsWith('*') };
}

function readField(text: string, [least, most]: readonly [number, number]): Set<number> | null {
  const numbers = new Set<number>();
  for (const part of text.split(',')) {
    const found = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (found === null) return null;
    const [, first, last, step] = found;
    const from = first === undefined ? least : Number(first);
    const to = last !== undefined ? Number(last) : first === undefined || step !== undefined ? most : from;
    if (from < least || to > most || from > to || step === '0' || step === '00') return null;
    for (let number = from; number <= to; number += Number(step ?? 1)) numbers.add(number);
  }
  return numbers;
}
