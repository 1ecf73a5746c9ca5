import type { Producer } from './producers.ts';
import type { RateName } from './rates.ts';
import type { Stage } from './stage.ts';
import { calendar, DAY, HOUR, MINUTE } from './time-text.ts';
import type { World } from './world.ts';

/** A fault (or oddity) that is planted: it takes an arrival and makes of it what it is about. */
export interface Plant {
  readonly name: string;
  readonly rate: RateName;
  /** Its part of that rate, 1 for all of it. */
  readonly part: number;
  /** Of how many the rate speaks, where that isn't payments. */
  readonly among?: (world: World) => number;
  /** How many come together, within how many minutes: faults in life are clustered. */
  readonly together: number;
  readonly minutes: number;
  /** One producer for the cluster; left out, the market's merchants have it. */
  readonly producer?: (world: World) => Producer;
  /** Only late on the last day of a month. */
  readonly month_end?: boolean;
  readonly run: (stage: Stage, at: number, cluster: Cluster) => void;
}

/** One incident: planted faults of one sort that belong together. */
export interface Cluster {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly producer: Producer | null;
}

export interface PlannedPlant {
  readonly at: number;
  readonly plant: Plant;
  readonly cluster: Cluster;
}

/** From this many payments on, every fault whose rate isn't 0 comes at least once. */
const EVERY_FAULT_FROM = 5_000;

/** All that is to be planted, by time. */
export function planFaults(world: World, plants: readonly Plant[]): PlannedPlant[] {
  const planned: PlannedPlant[] = [];
  let clusters = 0;
  for (const plant of plants) {
    let left = numberOf(plant, world);
    while (left > 0) {
      const size = Math.min(left, plant.together);
      const cluster = planCluster(plant, clusters, world);
      clusters += 1;
      if (cluster !== null) for (let index = 0; index < size; index += 1) planned.push({ at: world.streams.plan.between(cluster.from, cluster.to), plant, cluster });
      left -= size;
    }
  }
  return planned.sort((a, b) => a.at - b.at);
}

function numberOf(plant: Plant, world: World): number {
  const { payments } = world.options;
  const among = plant.among === undefined ? payments : plant.among(world);
  const expected = world.rates[plant.rate] * plant.part * among;
  if (expected === 0) return 0;
  const number = Math.floor(expected + world.streams.plan.unit());
  return number === 0 && payments >= EVERY_FAULT_FROM ? 1 : number;
}

/** Somewhere in business hours; null where the period has no such day. */
function planCluster(plant: Plant, number: number, world: World): Cluster | null {
  const { options, streams } = world;
  let day = options.start + streams.plan.below(options.days) * DAY;
  let from = day + streams.plan.between(8, 19) * HOUR;
  if (plant.month_end === true) {
    const ends = monthEnds(options.start, options.days);
    if (ends.length === 0) return null;
    day = streams.plan.pick(ends) * DAY;
    from = day + streams.plan.between(19, 23) * HOUR;
  }
  const last = options.start + options.days * DAY - 1;
  return { number, from: Math.min(from, last), to: Math.min(from + plant.minutes * MINUTE, last), producer: plant.producer?.(world) ?? null };
}

/** Days (from 1970-01-01) of the period that end a month and have a day after them in it. */
function monthEnds(start: number, days: number): number[] {
  const first = Math.floor(start / DAY);
  return Array.from({ length: days - 1 }, (_, index) => first + index).filter((day) => calendar(day + 1).date === 1);
}
