import { userInfo } from 'node:os';
import type { Micros } from '../../functions/payment/time.ts';
import type { Line } from '../facts/lines.ts';
import type { Published } from '../traffic/sent.ts';
import type { Around } from './around.ts';

/** Of which messages a person would have to decide: those that have a line. */
function toDecide(published: readonly Published[], lines: readonly Line[]): readonly Published[] {
  const journaled = new Set(lines.map(({ message_id }) => message_id));
  return published.filter(({ disposition, message_id }) => (disposition === 'conflict' || disposition === 'rejected') && journaled.has(message_id));
}

/** Writes down the decision to reject this run's conflict and rejects, as `payments decide --reject` does: undecided, they would become errors. Gives their ids. */
export async function closeOpenOnes({ stack: { books } }: Around, published: readonly Published[], lines: readonly Line[], run: string, now: Micros): Promise<readonly string[]> {
  const open = toDecide(published, lines);
  for (const { message_id, data_sha256 } of open) {
    await books.query('jobs/audit/append.sql', {
      effective_at: { timestamp: now },
      recorded_at: { timestamp: now },
      actor: userInfo().username,
      action: 'decided_reject',
      message_id,
      data_sha256: Buffer.from(data_sha256, 'hex'),
      setting: null,
      old_value: null,
      new_value: null,
      reason: `npm run smoke, run ${run}`,
    });
  }
  return open.map(({ message_id }) => message_id);
}
