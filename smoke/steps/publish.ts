import { createHash } from 'node:crypto';
import type { Stack } from '../google/stack.ts';
import type { Planned, Published } from '../traffic/sent.ts';

/** Publishes one wave; rejects where a message could not be. */
export function publishWave(stack: Stack, wave: readonly Planned[]): Promise<Published[]> {
  return Promise.all(wave.map(async (planned) => ({ ...planned, message_id: await stack.publish(planned.data), data_sha256: createHash('sha256').update(planned.data).digest('hex') })));
}
