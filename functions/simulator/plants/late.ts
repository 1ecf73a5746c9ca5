import { WITHDRAWN_MARKET } from '../markets.ts';
import type { Cluster, Plant } from '../plan.ts';
import { PRODUCERS } from '../producers.ts';
import { redated } from '../sales.ts';
import { plantedSale, publishOnce, type Stage } from '../stage.ts';
import { DAY, HOUR, MINUTE } from '../time-text.ts';

/** Payments that come late, or say so because a clock is off. */
export const LATE_PLANTS: readonly Plant[] = [
  {
    name: 'stored_by_terminals',
    rate: 'late',
    part: 0.35,
    together: 60,
    minutes: 240,
    producer: () => PRODUCERS.pos_europe,
    run: (stage, at, cluster) => late(stage, 'stored_by_terminals', at, cluster, startOfNextDay(cluster.to) + 5 * HOUR),
  },
  {
    name: 'airline_file',
    rate: 'late',
    part: 0.35,
    together: 80,
    minutes: 290,
    producer: (world) => world.merchants.producers.find((producer) => producer === PRODUCERS.airline_files) ?? PRODUCERS.travel_desk,
    run: (stage, at, cluster) => late(stage, 'airline_file', at, cluster, startOfNextDay(cluster.to) + 3 * HOUR),
  },
  {
    name: 'clock_behind',
    rate: 'late',
    part: 0.3,
    together: 40,
    minutes: 120,
    producer: () => PRODUCERS.pos_europe,
    run: (stage, at, cluster) => {
      stage.world.tally.count('late');
      clockOff(stage, 'clock_behind', at, cluster, -3 * HOUR);
    },
  },
  {
    name: 'job_days_later',
    rate: 'late_over_a_day',
    part: 1,
    together: 40,
    minutes: 180,
    run: (stage, at, cluster) => {
      stage.world.tally.count('late_over_a_day');
      const published = startOfNextDay(cluster.to) + (1 + (cluster.number % 4)) * DAY + 4 * HOUR;
      publishOnce(stage, 'job_days_later', plantedSale(stage, at, cluster), { published_at: spread(stage, published) });
    },
  },
  {
    name: 'clock_hours_ahead',
    rate: 'clock_ahead',
    part: 0.5,
    together: 20,
    minutes: 60,
    producer: () => PRODUCERS.tickets,
    run: (stage, at, cluster) => ahead(stage, 'clock_hours_ahead', at, cluster, 5 * HOUR),
  },
  {
    name: 'clock_a_day_ahead',
    rate: 'clock_ahead',
    part: 0.5,
    together: 20,
    minutes: 90,
    producer: () => PRODUCERS.pos_europe,
    run: (stage, at, cluster) => ahead(stage, 'clock_a_day_ahead', at, cluster, DAY),
  },
  {
    name: 'withdrawn_currency_settled_late',
    rate: 'withdrawn_currency',
    part: 1,
    together: 10,
    minutes: 30,
    run: settledInWithdrawnCurrency,
  },
];

const KUNA_DAYS = Date.UTC(2022, 11, 12) * 1000;

function settledInWithdrawnCurrency(stage: Stage, at: number, cluster: Cluster): void {
  stage.world.tally.count('withdrawn_currency_settled_late');
  const sale = plantedSale(stage, at, cluster);
  const merchant = { ...sale.merchant, market: WITHDRAWN_MARKET, country: 'HR' };
  const kuna = { ...sale, merchant, currency: WITHDRAWN_MARKET.currency, exponent: WITHDRAWN_MARKET.exponent };
  const happened = KUNA_DAYS + stage.world.streams.choices.below(14) * DAY + (at % DAY);
  publishOnce(stage, 'withdrawn_currency_settled_late', redated(kuna, happened), { at });
}

function late(stage: Stage, fault: string, at: number, cluster: Cluster, published: number): void {
  stage.world.tally.count('late');
  publishOnce(stage, fault, plantedSale(stage, at, cluster), { published_at: spread(stage, published) });
}

function ahead(stage: Stage, fault: string, at: number, cluster: Cluster, by: number): void {
  stage.world.tally.count('clock_ahead');
  clockOff(stage, fault, at, cluster, by);
}

function clockOff(stage: Stage, fault: string, at: number, cluster: Cluster, by: number): void {
  publishOnce(stage, fault, redated(plantedSale(stage, at, cluster), at + by), { at });
}

function startOfNextDay(time: number): number {
  return (Math.floor(time / DAY) + 1) * DAY;
}

/** A block isn't published in one instant. */
function spread(stage: Stage, published: number): number {
  return published + stage.world.streams.choices.between(0, 8 * MINUTE);
}
