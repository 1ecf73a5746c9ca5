import type { Journal } from '../../ports.ts';
import { JournalError, type RowStore } from './row-store.ts';
import { type Encoded, type LineResult, writeOrReject } from './write-or-reject.ts';

/** Calls back once after so many milliseconds; what it returns takes that back. */
export type SetTimer = (callback: () => void, milliseconds: number) => () => void;

/** When a group is full, and how long it may take. */
export interface GroupLimits {
  /** Milliseconds that the first line of a group waits for company. */
  readonly linger_milliseconds: number;
  readonly rows_per_call: number;
  readonly bytes_per_call: number;
  /** Milliseconds from sending until every line of the group has been answered. */
  readonly deadline_milliseconds: number;
}

/** A journal that holds lines back for a moment. */
export interface GroupingJournal extends Journal {
  /** Sends what waits, and returns when every line has been answered, those appended meanwhile as well. Never rejects. */
  drain(): Promise<void>;
}

/** One `append`: answered once, when the last of its lines is. */
interface Request {
  left: number;
  error: Error | null;
  readonly settle: (error: Error | null) => void;
}

/** A line that waits, with whose it is. */
interface Waiting<Row> extends Encoded<Row> {
  readonly request: Request;
}

/**
 * Puts what concurrent requests append within a few milliseconds into one call, full ones at once. Each request is answered by its own
 * lines. All state belongs to the journal that is returned.
 */
export function groupAppends<Row>(store: RowStore<Row>, limits: GroupLimits, setTimer: SetTimer): GroupingJournal {
  let waiting: Waiting<Row>[] = [];
  let waitingBytes = 0;
  let stopTimer: (() => void) | null = null;
  const inHand = new Set<Promise<void>>();

  function send(): void {
    stopTimer?.();
    stopTimer = null;
    if (waiting.length === 0) return;
    const group = waiting;
    waiting = [];
    waitingBytes = 0;
    const sent = settleGroup(group, store, limits.deadline_milliseconds, setTimer).finally(() => inHand.delete(sent));
    inHand.add(sent);
  }

  function add(line: Waiting<Row>): void {
    const bytes = store.bytesOf(line.row);
    if (waitingBytes + bytes > limits.bytes_per_call) send();
    waiting.push(line);
    waitingBytes += bytes;
    if (waiting.length >= limits.rows_per_call) send();
    else stopTimer ??= setTimer(send, limits.linger_milliseconds);
  }

  return {
    async append(lines) {
      if (lines.length === 0) return;
      const rows = lines.map((line) => store.encode(line));
      await new Promise<void>((resolve, reject) => {
        const request: Request = { left: lines.length, error: null, settle: (error) => (error ? reject(error) : resolve()) };
        rows.forEach((row, index) => add({ line: lines[index], row, request }));
      });
    },
    async drain() {
      while (waiting.length > 0 || inHand.size > 0) {
        send();
        await Promise.all(inHand);
      }
    },
  };
}

/** Sends one group and answers each of its lines exactly once; at the deadline those that are left, and then nothing of it is sent again. Never rejects. */
function settleGroup<Row>(group: readonly Waiting<Row>[], store: RowStore<Row>, deadline: number, setTimer: SetTimer): Promise<void> {
  return new Promise((resolve) => {
    const open = new Set(group.keys());
    const tell = (place: number, result: LineResult) => {
      if (!open.delete(place)) return; // a late answer: nobody waits for it
      answer(group[place].request, result);
      if (open.size === 0) finish();
    };
    const tellRest = (error: Error) => [...open].forEach((place) => tell(place, error));
    const over = new AbortController();
    const stopTimer = setTimer(() => {
      tellRest(new JournalError('deadline'));
      over.abort();
    }, deadline);
    const finish = () => {
      stopTimer();
      resolve();
    };
    void writeOrReject(group, store, tell, over.signal).catch((error: Error) => tellRest(error));
  });
}

function answer(request: Request, result: LineResult): void {
  request.left -= 1;
  request.error ??= result;
  if (request.left === 0) request.settle(request.error);
}
