import type { CallResult, RowResult, RowStore } from '../../../functions/adapters/google/row-store.ts';
import type { JournalLine } from '../../../functions/pipeline/journal-line.ts';
import { line } from '../../contract/journal.ts';
import type { ManualTimer } from './manual-timer.ts';

/**
 * How a store takes a row: *good*; *bad*, refused by itself; *poison*, for which the whole call is refused; *hopeless*, whose
 * stand-in is refused as well.
 */
export type Nature = 'good' | 'bad' | 'poison' | 'hopeless';

/** A row of the trial store: whose it is, how it is taken, and whether it is the *rejected* stand-in. */
export interface TrialRow {
  readonly id: string;
  readonly nature: Nature;
  readonly bytes: number;
  readonly stand_in: boolean;
}

export interface PendingCall {
  readonly rows: readonly TrialRow[];
  readonly at: number;
  readonly answer: (behaviour: Behaviour) => void;
}

/**
 * How the store answers a call. *honest*: a result for each row. *strict*: nothing is written where one row is bad, its neighbours are
 * stopped. *half*: every other row fails. *lost*: written, but the answer isn't seen. *down*: nothing is written. *short*: an answer for
 * too few rows. *stopped*: all rows stopped. *never*: written, never answered.
 */
export type Behaviour = 'honest' | 'strict' | 'half' | 'lost' | 'down' | 'short' | 'stopped' | 'never';
export const BEHAVIOURS: readonly Behaviour[] = ['honest', 'strict', 'half', 'lost', 'down', 'short', 'stopped', 'never'];

/** A store whose every call waits until a test says how it ends. Keeps what was written, and what it said was. */
export interface TrialStore extends RowStore<TrialRow> {
  readonly calls: readonly PendingCall[];
  readonly pending: PendingCall[];
  readonly written: readonly TrialRow[];
  /** When it said so: milliseconds by the test's clock. */
  readonly saidWritten: ReadonlyMap<string, number>;
  readonly firstSent: ReadonlyMap<string, number>;
}

/** A line whose row the trial store takes as its id says: `7-bad-12` is bad and has 12 bytes. */
export function trialLine(number: number, nature: Nature = 'good', bytes = 1): JournalLine {
  return line(`${number}-${nature}-${bytes}`);
}

function encode({ message, faults }: JournalLine): TrialRow {
  const [, nature, bytes] = message.message_id.split('-');
  const stand_in = faults.some(({ code }) => code === 'refused_by_journal');
  return { id: message.message_id, nature: stand_in && nature !== 'hopeless' ? 'good' : (nature as Nature), bytes: stand_in ? 1 : Number(bytes), stand_in };
}

export function trialStore(timer: ManualTimer): TrialStore {
  const calls: PendingCall[] = [];
  const pending: PendingCall[] = [];
  const written: TrialRow[] = [];
  const saidWritten = new Map<string, number>();
  const firstSent = new Map<string, number>();
  const insert = (rows: readonly TrialRow[]) =>
    new Promise<CallResult>((resolve, reject) => {
      for (const { id } of rows) if (!firstSent.has(id)) firstSent.set(id, timer.now());
      const call: PendingCall = {
        rows,
        at: timer.now(),
        answer(behaviour) {
          pending.splice(pending.indexOf(call), 1);
          const { kept, result } = outcome(rows, behaviour);
          written.push(...kept);
          if (result instanceof Error) return reject(result);
          if (result === 'never') return undefined;
          if (result !== 'refused' && result.length === rows.length) rows.forEach((row, place) => result[place] === 'written' && saidWritten.set(row.id, timer.now()));
          return resolve(result);
        },
      };
      calls.push(call);
      pending.push(call);
    });
  return { encode, bytesOf: ({ bytes }) => bytes, insert, calls, pending, written, saidWritten, firstSent };
}

function outcome(rows: readonly TrialRow[], behaviour: Behaviour): { kept: TrialRow[]; result: CallResult | Error | 'never' } {
  const isBad = ({ nature }: TrialRow) => nature === 'bad' || nature === 'hopeless';
  const good = rows.filter((row) => !isBad(row));
  const poisoned = rows.some(({ nature }) => nature === 'poison');
  const honest = rows.map((row): RowResult => (isBad(row) ? 'refused' : 'written'));
  switch (behaviour) {
    case 'down':
      return { kept: [], result: new Error('down') };
    case 'stopped':
      return { kept: [], result: rows.map(() => 'stopped') };
    case 'lost':
      return { kept: poisoned ? [] : good, result: new Error('no answer') };
    case 'never':
      return { kept: poisoned ? [] : good, result: 'never' };
  }
  if (poisoned) return { kept: [], result: 'refused' };
  switch (behaviour) {
    case 'honest':
      return { kept: good, result: honest };
    case 'strict':
      return good.length === rows.length ? { kept: good, result: honest } : { kept: [], result: rows.map((row) => (isBad(row) ? 'refused' : 'stopped')) };
    case 'half':
      return { kept: good.filter((row) => rows.indexOf(row) % 2 === 0), result: honest.map((result, place) => (place % 2 === 0 ? result : new Error('backendError'))) };
    case 'short':
      return { kept: good, result: honest.slice(1) };
  }
}
