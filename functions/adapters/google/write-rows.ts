import { type CallResult, JournalError, type RowResult, type RowStore } from './row-store.ts';

/** Rows as places in the list that they came in. */
type Places = readonly number[];

/**
 * Writes rows until each has a result of its own, and tells it as soon as it is known. A bad row never decides for its neighbours: those
 * that were stopped by it go again without it, and a call that was refused as a whole goes again in halves. Both end: each further call is
 * smaller. Once `signal` aborts nothing more is sent, and the rest is told nothing.
 */
export async function writeRows<Row>(rows: readonly Row[], insert: RowStore<Row>['insert'], tell: (place: number, result: Exclude<RowResult, 'stopped'>) => void, signal: AbortSignal): Promise<void> {
  const calls: Places[] = rows.length === 0 ? [] : [[...rows.keys()]];
  for (let places = calls.pop(); places !== undefined && !signal.aborted; places = calls.pop()) {
    const result = await attempt(places.map((place) => rows[place]), insert, signal);
    if (result !== 'refused') calls.push(...stoppedAfter(places, result, tell));
    else if (places.length === 1) tell(places[0], 'refused');
    else calls.push(...halves(places));
  }
}

/** One call. An error, or an answer of another length, holds for all of its rows. */
async function attempt<Row>(rows: readonly Row[], insert: RowStore<Row>['insert'], signal: AbortSignal): Promise<CallResult> {
  try {
    const result = await insert(rows, signal);
    if (result === 'refused' || result.length === rows.length) return result;
    return rows.map(() => new JournalError('unreadable_answer'));
  } catch (error) {
    return rows.map(() => (error instanceof Error ? error : new JournalError('row_not_written')));
  }
}

/** Tells what is known, and gives back what was stopped as a call of its own. Stopped rows without one that stopped them go nowhere. */
function stoppedAfter(places: Places, results: readonly RowResult[], tell: (place: number, result: Exclude<RowResult, 'stopped'>) => void): Places[] {
  const stopped: number[] = [];
  places.forEach((place, index) => {
    const result = results[index];
    if (result === 'stopped') stopped.push(place);
    else tell(place, result);
  });
  if (stopped.length < places.length) return stopped.length === 0 ? [] : [stopped];
  for (const place of stopped) tell(place, new JournalError('all_rows_stopped'));
  return [];
}

function halves(places: Places): Places[] {
  const middle = places.length >> 1;
  return [places.slice(0, middle), places.slice(middle)];
}
