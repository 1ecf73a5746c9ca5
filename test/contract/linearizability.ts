import type { ClaimRequest, ClaimResult, Claims } from '../../functions/ports.ts';
import { told, type Wish, wishOf } from './claims-model.ts';

/** One request of a recorded history. Times are those of the history's counter, which each call raises before it begins and when it has ended. */
export interface Operation {
  readonly request: ClaimRequest;
  /** The same for all requests of one batch. */
  readonly invoked: number;
  /** Its place in its batch. */
  readonly place: number;
  /** What it was told, and when; null where no answer was heard: it may have been done, or not, or later. */
  readonly answer: { readonly responded: number; readonly result: ClaimResult } | null;
}

interface Recorded extends Operation {
  readonly wish: Wish;
}

/**
 * Why no order of the operations explains a history of claims; null where one does. Such an order keeps that of operations of which one had
 * ended before the other began, and that of requests in a batch, and gives each the answer of create-if-absent, one after the other.
 *
 * Identities have nothing to do with each other, and a claim is written once. So, for each identity: some message holds the claim; every
 * answer is the one that this holder implies; and a request of the holder can have been the first of all. The rest then follows it in
 * any order. Only a message that was told *claimed*, or one whose answer nobody heard, can be the holder.
 */
export function refute(history: readonly Operation[]): string | null {
  const recorded = history.map((operation): Recorded => ({ ...operation, wish: wishOf(operation.request) }));
  for (const [identity, operations] of Map.groupBy(recorded, ({ wish }) => wish.identity)) {
    const why = refuteOne(operations);
    if (why !== null) return `identity ${identity.slice(0, 8)}: ${why}`;
  }
  return null;
}

function refuteOne(operations: readonly Recorded[]): string | null {
  const holders = new Map(operations.filter(({ answer }) => answer === null || answer.result.result === 'claimed').map(({ wish }) => [wish.message, wish]));
  const firsts = possibleFirsts(operations);
  const reasons = [...holders.values()].map((holder) => contradiction(operations, firsts, holder));
  if (reasons.includes(null)) return null;
  return reasons[0] ?? 'answers, and nobody who can have made the claim';
}

/** The operations before which nothing must have been: none had ended when they began, none is before them in their batch. */
function possibleFirsts(operations: readonly Recorded[]): Recorded[] {
  const earliestEnd = Math.min(...operations.map(({ answer }) => answer?.responded ?? Infinity));
  const firstPlaces = new Map<number, number>();
  for (const { invoked, place } of operations) firstPlaces.set(invoked, Math.min(place, firstPlaces.get(invoked) ?? Infinity));
  return operations.filter(({ invoked, place }) => invoked < earliestEnd && firstPlaces.get(invoked) === place);
}

function contradiction(operations: readonly Recorded[], firsts: readonly Recorded[], holder: Wish): string | null {
  for (const { wish, answer } of operations) {
    const expected = told(holder, wish);
    if (answer === null || (answer.result.result === expected.result && answer.result.owner === expected.owner)) continue;
    return `${wish.owner} was told ${answer.result.result} (owner ${answer.result.owner}) at ${answer.responded}, though ${holder.owner} holds the claim`;
  }
  return firsts.some(({ wish }) => wish.message === holder.message) ? null : `${holder.owner} holds the claim, and was not there when others were answered`;
}

/** Keeps what is asked of stores, and what they answer. */
export interface Recorder {
  readonly history: readonly Operation[];
  /** Asks, and keeps the answer; false where it failed. */
  claim(claims: Claims, requests: readonly ClaimRequest[]): Promise<boolean>;
}

/** `tick` raises the counter; threads share one. */
export function recorder(tick: () => number): Recorder {
  const history: Operation[] = [];
  return {
    history,
    async claim(claims, requests) {
      const invoked = tick();
      const results = await claims.claim(requests).catch(() => null);
      const responded = tick();
      history.push(...requests.map((request, place): Operation => ({ request, invoked, place, answer: results && { responded, result: results[place] } })));
      return results !== null;
    },
  };
}

/** A counter for one thread. */
export function counter(): () => number {
  let count = 0;
  return () => (count += 1);
}
