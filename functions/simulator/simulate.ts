import type { AnswerKey } from './answer-key.ts';
import { Arrivals } from './arrivals.ts';
import type { Delivery } from './delivery.ts';
import { LineWriter, type Write } from './line-writer.ts';
import { resolveOptions, type SimulateOptions } from './options.ts';
import { ordinary } from './ordinary.ts';
import { Parents } from './parents.ts';
import { Payouts } from './payouts.ts';
import { planFaults } from './plan.ts';
import { PLANTS } from './plants/all.ts';
import { Publisher } from './publisher.ts';
import { type RealisedRate, realisedRates } from './realised-rates.ts';
import { makeSale } from './sales.ts';
import type { FollowUp, Stage } from './stage.ts';
import { Surges } from './surges.ts';
import { TimeQueue } from './time-queue.ts';
import { World } from './world.ts';

export interface Simulation {
  readonly key: AnswerKey;
  readonly rates: readonly RealisedRate[];
}

/**
 * Writes seeded traffic as JSON lines, in chunks, and returns what a ledger must say about it. The same options give
 * the same bytes.
 * @throws Error naming every option or rate that is out of its range.
 */
export async function simulate(options: SimulateOptions, write: Write): Promise<Simulation> {
  const world = new World(resolveOptions(options));
  const deliveries = new TimeQueue<Delivery>();
  const lines = new LineWriter(world, write);
  const stage: Stage = {
    world,
    arrivals: new Arrivals(world.options, world.merchants.markets, world.streams.arrivals),
    publisher: new Publisher(world, deliveries),
    parents: new Parents(world),
    followUps: new TimeQueue<FollowUp>(),
  };
  await runArrivals(stage, deliveries, lines);
  await writeDue(deliveries, Number.POSITIVE_INFINITY, lines);
  if (world.rates.truncated_last_line > 0) cutLastLine(stage, lines);
  await lines.finish();
  return { key: world.tally.key(), rates: realisedRates(world.rates, world.tally) };
}

/** Each arrival is one movement: a planned fault, what follows from an earlier one, or ordinary business. */
async function runArrivals(stage: Stage, deliveries: TimeQueue<Delivery>, lines: LineWriter): Promise<void> {
  const { arrivals, followUps, world } = stage;
  const planned = planFaults(world, PLANTS);
  const surges = new Surges(world);
  const payouts = new Payouts(stage);
  let next = 0;
  while (arrivals.next()) {
    world.tally.count('payments');
    const writing = writeDue(deliveries, arrivals.at, lines);
    if (writing !== undefined) await writing;
    payouts.payDue(arrivals.at);
    // What is left at the end comes early rather than never.
    const followUp = followUps.takeDue(followUps.size > arrivals.left ? Number.POSITIVE_INFINITY : arrivals.at);
    const plant = planned[next];
    if (followUp !== null) {
      followUp.run(arrivals.at);
    } else if (plant !== undefined && (plant.at <= arrivals.at || planned.length - next + followUps.size > arrivals.left)) {
      next += 1;
      plant.plant.run(stage, arrivals.at, plant.cluster);
    } else {
      ordinary(stage, surges, payouts);
    }
  }
}

/** Writes all that is delivered until then; a promise only where a chunk is being written, since waiting for each line would cost more than the line. */
function writeDue(deliveries: TimeQueue<Delivery>, until: number, lines: LineWriter): Promise<void> | undefined {
  for (let delivery = deliveries.takeDue(until); delivery !== null; delivery = deliveries.takeDue(until)) {
    const writing = lines.add(delivery);
    if (writing !== undefined) return writing.then(() => writeDue(deliveries, until, lines));
  }
  return undefined;
}

/** The file ends in the middle of a line, as exports do that were stopped. */
function cutLastLine(stage: Stage, lines: LineWriter): void {
  const { world, publisher } = stage;
  const sale = makeSale(world, world.options.end, world.merchants.any(world.streams.choices), false);
  lines.addCutOff(publisher.draft(sale, { once: true }));
}
