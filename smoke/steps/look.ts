import { LOOK_EVERY_MILLISECONDS } from '../limits.ts';
import { type Finding, wrong } from '../result.ts';
import { type Waited, waitUntil } from '../wait.ts';
import type { Around } from './around.ts';

/** Looks until what is found is right; what was found last, with the time that it took where it isn't. */
export async function untilRight(around: Around, what: string, look: () => Promise<Finding>): Promise<Finding> {
  const waited = await waitUntil({ look, isDone: ({ ok }) => ok, progress: ({ found }) => around.progress(`${what}: ${found}`), most: around.most, every: LOOK_EVERY_MILLISECONDS });
  if (waited.seen?.ok) return waited.seen;
  return wrong(waitedFor(waited, what, waited.seen?.found ?? null));
}

type Ended = Pick<Waited<unknown>, 'seconds' | 'fault'> & { readonly start_fault?: string | null };

/** What a wait that came to nothing says: for what, how long, what was seen, why the last look failed, and why no work was started. */
export function waitedFor({ seconds, fault, start_fault }: Ended, what: string, seen: string | null): string {
  const said = [seen ?? 'nothing was seen', ...(fault === null ? [] : [`the last look failed (${fault})`]), ...(start_fault ? [`its job could not be started (${start_fault})`] : [])];
  return `waited ${Math.round(seconds)} s for ${what}: ${said.join('; ')}`;
}
