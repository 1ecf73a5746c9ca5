import type { Jobs } from '../../functions/ports.ts';
import type { Books } from '../../functions/ports.ts';
import type { Micros } from '../../functions/payment/time.ts';
import type { BigqueryCalls } from '../google/bigquery-calls.ts';
import type { Google } from '../google/read.ts';
import type { Place } from '../google/stack.ts';
import type { Finding } from '../result.ts';

/** What the checks ask with. */
export interface Asked {
  readonly place: Place;
  readonly google: Google;
  readonly books: Books;
  readonly bigquery: BigqueryCalls;
  readonly jobs: Jobs;
  /** Of this run: part of the id of what a check starts. */
  readonly run: string;
  /** When the run began, by the clock of the books. */
  readonly began: Micros;
}

/** One thing that no emulator shows, asked of a project: only read, nothing is changed. */
export interface Check {
  readonly name: string;
  /** As a sentence goes on: “asks whether …”. */
  readonly asks: string;
  /** Why it can't be asked of emulators; null where it can. */
  readonly no_emulator: string | null;
  readonly next: string;
  /** Rejects with the client's error where it could not be asked. */
  run(asked: Asked): Promise<Finding>;
}
