import type { Producer } from './producers.ts';
import type { Random } from './random.ts';
import { DAY, HOUR, MINUTE } from './time-text.ts';
import type { World } from './world.ts';

/** A stretch of time in which something is wrong, with one producer or with all. */
export interface Incident {
  readonly from: number;
  readonly to: number;
  readonly producer: Producer | null;
}

/** Incidents of one sort, to be asked about at any time. */
export class Incidents {
  readonly #byHour = new Map<number, Incident[]>();

  constructor(all: readonly Incident[]) {
    for (const incident of all) {
      for (let hour = Math.floor(incident.from / HOUR); hour * HOUR < incident.to; hour += 1) {
        const known = this.#byHour.get(hour);
        if (known === undefined) this.#byHour.set(hour, [incident]);
        else known.push(incident);
      }
    }
  }

  /** The incident that the producer is in at a time, or null. */
  at(time: number, producer: Producer): Incident | null {
    const candidates = this.#byHour.get(Math.floor(time / HOUR));
    if (candidates === undefined) return null;
    return candidates.find((incident) => time >= incident.from && time < incident.to && (incident.producer === null || incident.producer === producer)) ?? null;
  }
}

/** Bursts of republishing: one producer each, 5 to 20 minutes, more of them where business is. */
export function planBursts(world: World): Incidents {
  return plan(world, 'republish_bursts', 5 * MINUTE, 20 * MINUTE, (random) => random.pick(world.merchants.producers.slice(0, 6)));
}

/** Backlogs of the subscription: everybody's messages, 10 to 60 minutes. */
export function planBacklogs(world: World): Incidents {
  return plan(world, 'backlogs', 10 * MINUTE, 60 * MINUTE, () => null);
}

/** The one producer that falls silent at ten in the morning of a day, and then floods. */
export function planSilence(world: World): Incidents {
  const { options, rates, tally } = world;
  if (rates.silent_hours === 0) return new Incidents([]);
  tally.count('silent_hours', rates.silent_hours);
  const day = options.start + world.streams.plan.below(options.days) * DAY;
  return new Incidents([{ from: day + 10 * HOUR, to: day + (10 + rates.silent_hours) * HOUR, producer: quietOne(world) }]);
}

const QUIET_SHARE = 0.04;

/** The producer whose share of business is nearest to 4 %, so that its flood doesn't make most of what is late. */
function quietOne(world: World): Producer {
  const { merchants } = world;
  const distance = (producer: Producer): number => Math.abs(merchants.shareOf(producer) - QUIET_SHARE);
  return merchants.producers.reduce((best, producer) => (distance(producer) < distance(best) ? producer : best));
}

function plan(world: World, name: 'republish_bursts' | 'backlogs', shortest: number, longest: number, producerOf: (random: Random) => Producer | null): Incidents {
  const { options, rates, tally } = world;
  const random = world.streams.plan;
  const expected = rates[name] * options.days;
  const count = rates[name] === 0 ? 0 : Math.max(1, Math.floor(expected + random.unit()));
  tally.count(name, count);
  return new Incidents(
    Array.from({ length: count }, () => {
      // In business hours, so that an incident meets traffic.
      const from = options.start + random.below(options.days) * DAY + random.between(9, 20) * HOUR;
      return { from, to: from + random.between(shortest, longest), producer: producerOf(random) };
    }),
  );
}
