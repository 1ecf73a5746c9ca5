import type { AnswerKey, DuplicateMoney, PostingTotal } from './answer-key.ts';
import type { Delivery } from './delivery.ts';
import { type Movement, sameMoneyFacts } from './movement.ts';
import type { ResolvedOptions } from './options.ts';
import { postedDigest } from './posted-digest.ts';
import { SIGNS } from './signs.ts';
import { HOUR, timeText, utcDate } from './time-text.ts';

interface Money {
  count: number;
  gross: bigint;
  net: bigint;
}

/** Counts what was written, and so knows what a ledger must say. The rules by which it decides are the whole of `accept`. */
export class Tally {
  readonly #options: ResolvedOptions;
  readonly #counts = new Map<string, number>();
  readonly #planted = new Map<string, { ids_are: 'message_id' | 'transaction_id'; ids: string[] }>();
  readonly #postings = new Map<string, Money>();
  readonly #duplicateMoney = new Map<string, Money>();
  readonly #posted: string[] = [];
  readonly #ids = { duplicate: [] as string[], conflict: [] as string[], rejected: [] as string[] };
  #messages = 0;
  #clock = 0;
  #late = { over_1_hour: 0, over_24_hours: 0 };

  constructor(options: ResolvedOptions) {
    this.#options = options;
  }

  count(name: string, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  counted(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** Lists an id under a planted fault. */
  plant(fault: string, idsAre: 'message_id' | 'transaction_id', id: string): void {
    const known = this.#planted.get(fault);
    if (known === undefined) this.#planted.set(fault, { ids_are: idsAre, ids: [id] });
    else known.ids.push(id);
  }

  /** Takes in a message in the order of lines: the first valid one of a payment is posted, any other is a copy of it. */
  accept(delivery: Delivery, id: string, publishedAt: number): void {
    for (const fault of delivery.faults) this.plant(fault, 'message_id', id);
    this.#clock = Math.max(this.#clock, publishedAt);
    if (delivery.again) return;
    this.#messages += 1;
    const { movement } = delivery;
    if (movement === null) {
      this.#ids.rejected.push(id);
      return;
    }
    this.#countLate(movement);
    const { identity } = movement;
    if (identity.posted === null) {
      identity.posted = movement;
      this.#posted.push(movement.transaction_id);
      add(this.#postings, `${movement.currency}|${movement.kind}|${utcDate(movement.event_time)}`, movement);
    } else if (sameMoneyFacts(identity.posted, movement)) {
      this.#ids.duplicate.push(id);
      add(this.#duplicateMoney, movement.currency, movement);
    } else {
      this.#ids.conflict.push(id);
    }
  }

  /** The answer key of all that was accepted. */
  key(): AnswerKey {
    const { payments, days, seed, start, source, rates } = this.#options;
    const ids = { duplicate: this.#ids.duplicate.toSorted(), conflict: this.#ids.conflict.toSorted(), pending: [], rejected: this.#ids.rejected.toSorted(), missing: [] };
    return {
      version: 1,
      seed,
      source,
      options: { payments, days, start: timeText(start, null, 3), rates: { ...rates } },
      lines: this.counted('lines'),
      blank_lines: this.counted('blank_lines'),
      redeliveries: this.#planted.get('redelivered')?.ids.length ?? 0,
      dead_letters_of_messages_in_the_file: this.#planted.get('dead_letter_original_in_file')?.ids.length ?? 0,
      messages: this.#messages,
      dispositions: { posted: this.#posted.length, duplicate: ids.duplicate.length, conflict: ids.conflict.length, pending: 0, rejected: ids.rejected.length, missing: 0 },
      postings: postingTotals(this.#postings),
      duplicate_money: duplicateTotals(this.#duplicateMoney),
      posted: { count: this.#posted.length, transaction_ids_sha256: postedDigest(this.#posted) },
      message_ids: ids,
      late: { ...this.#late },
      planted: Object.fromEntries([...this.#planted].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  #countLate(movement: Movement): void {
    const age = this.#clock - movement.event_time;
    if (age > HOUR) this.#late.over_1_hour += 1;
    if (age > 24 * HOUR) this.#late.over_24_hours += 1;
  }
}

function add(sums: Map<string, Money>, key: string, { minor, kind }: Movement): void {
  const net = minor * SIGNS[kind];
  const sum = sums.get(key);
  if (sum === undefined) {
    sums.set(key, { count: 1, gross: minor, net });
    return;
  }
  sum.count += 1;
  sum.gross += minor;
  sum.net += net;
}

function postingTotals(sums: Map<string, Money>): PostingTotal[] {
  return [...sums.keys()].sort().map((key) => {
    const [currency, kind, date] = key.split('|') as [string, PostingTotal['kind'], string];
    const { count, gross, net } = sums.get(key) as Money;
    return { currency, kind, date, postings: count, gross_minor: gross.toString(), net_minor: net.toString() };
  });
}

function duplicateTotals(sums: Map<string, Money>): DuplicateMoney[] {
  return [...sums.keys()].sort().map((currency) => {
    const { count, gross, net } = sums.get(currency) as Money;
    return { currency, messages: count, gross_minor: gross.toString(), net_minor: net.toString() };
  });
}
