import { setTimeout as sleep } from 'node:timers/promises';
import { ALL_WRITTEN, callError, insertAllServer, type InsertAllServer, type Reply, rowErrors } from '../support/insert-all-server.ts';

/**
 * How a call ends, whatever is in it. *ok*; *slow*: late, but in time; *late*: when nobody waits any more; *half*: every other row has trouble
 * of its own. The rest as `Reply`, or HTTP statuses; what ends in *stored* is kept before it fails, the rest isn't. *die*: the server ends
 * with all of its connections, and comes back.
 */
export const ENDS = ['ok', 'slow', 'late', 'late_stored', 'half', '503', '503_stored', '429', '404', 'cut', 'cut_stored', 'torn_stored', 'stall', 'stall_stored', 'page', 'empty_stored', 'die', 'die_stored'] as const;
export type End = (typeof ENDS)[number];

interface Row {
  readonly message_id: string;
  readonly outcome: string;
}

/** A server on loopback that keeps rows, and so knows what is durable. */
export interface RowServer extends InsertAllServer {
  /** `message_id outcome` of every row that it keeps. */
  readonly stored: ReadonlySet<string>;
  readonly ended: ReadonlyMap<End, number>;
  /** From now on, all ends well. */
  heal(): void;
}

/** Milliseconds of an answer that comes in time, and of one that doesn't. */
export interface Delays {
  readonly slow: number;
  readonly late: number;
}

/** `bad` and `poison` in a message_id are content that is refused: the row by itself, or the whole call. Their rejected lines are fine. */
const isBad = ({ message_id, outcome }: Row) => message_id.includes('bad') && outcome !== 'rejected';
const isPoison = ({ message_id, outcome }: Row) => message_id.includes('poison') && outcome !== 'rejected';

export async function rowServer(ends: readonly End[], delays: Delays): Promise<RowServer> {
  const stored = new Set<string>();
  const ended = new Map<End, number>();
  let calls = 0;
  let healed = false;
  const keep = (rows: readonly Row[]) => rows.filter((row) => !isBad(row)).forEach(({ message_id, outcome }) => stored.add(`${message_id} ${outcome}`));
  const server = await insertAllServer(async ({ body }) => {
    const rows = (JSON.parse(body) as { rows: { json: Row }[] }).rows.map((row) => row.json);
    const end = healed ? 'ok' : ends[calls++ % ends.length];
    ended.set(end, (ended.get(end) ?? 0) + 1);
    if (rows.some(isPoison)) return callError(400, 'invalid');
    if (end.endsWith('_stored') || end === 'ok' || end === 'slow') keep(rows);
    if (end === 'half') keep(rows.filter((_row, index) => index % 2 === 0));
    return replyOf(end, rows);
  });
  async function replyOf(end: End, rows: readonly Row[]): Promise<Reply> {
    switch (end) {
      case 'slow':
        await sleep(delays.slow);
        return honest(rows);
      case 'late':
      case 'late_stored':
        await sleep(delays.late);
        return end === 'late' ? callError(503, 'backendError') : honest(rows);
      case 'half':
        return rowErrors(...rows.flatMap((row, index): [number, string][] => (index % 2 === 1 ? [[index, 'backendError']] : isBad(row) ? [[index, 'invalid']] : [])));
      case '503':
      case '503_stored':
        return callError(503, 'backendError');
      case '429':
        return callError(429, 'rateLimitExceeded');
      case '404':
        return callError(404, 'notFound');
      case 'cut':
      case 'cut_stored':
        return 'cut';
      case 'torn_stored':
        return 'torn';
      case 'stall':
      case 'stall_stored':
        return 'stall';
      case 'page':
        return { status: 200, body: '<html>', type: 'text/html' };
      case 'empty_stored':
        return { status: 200, body: '' };
      case 'die':
      case 'die_stored':
        await server.stop();
        await sleep(delays.slow);
        await server.start();
        return 'cut';
      case 'ok':
        return honest(rows);
    }
  }
  return { ...server, stored, ended, heal: () => void (healed = true) };
}

function honest(rows: readonly Row[]): Reply {
  const bad = rows.flatMap((row, index) => (isBad(row) ? [[index, 'invalid'] as const] : []));
  return bad.length === 0 ? ALL_WRITTEN : rowErrors(...bad);
}
