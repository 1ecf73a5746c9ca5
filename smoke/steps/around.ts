import type { Micros } from '../../functions/payment/time.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR, utcDate } from '../../functions/payment/time.ts';
import type { SqlParameters } from '../../functions/ports.ts';
import type { Stack } from '../google/stack.ts';
import { idList } from '../sql-file.ts';
import type { Published, Traffic } from '../traffic/sent.ts';

/** What the steps of a run share. */
export interface Around {
  readonly stack: Stack;
  readonly traffic: Traffic;
  /** When the run began, by the clock of the books. */
  readonly began: Micros;
  /** Milliseconds that one wait may take. */
  readonly most: number;
  /** Shown in place. */
  readonly progress: (text: string) => void;
}

/** Where this run's rows are looked for, each a constant, so that only today's partitions are read. */
export function spanOf({ traffic, began }: Around, published: readonly Published[]): SqlParameters {
  return {
    prefix: traffic.prefix,
    message_ids: idList(published.map(({ message_id }) => message_id)),
    hashes: idList(published.map(({ data_sha256 }) => data_sha256)),
    journaled_from: { timestamp: began - MICROS_PER_HOUR },
    published_from: { timestamp: began - MICROS_PER_HOUR },
    booked_from: { date: utcDate(began - MICROS_PER_DAY) },
  };
}
