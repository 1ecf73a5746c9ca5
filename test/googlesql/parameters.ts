import { PARAMETER_TYPES } from '../../sql/parameters.ts';
import { reconciliationBreaks } from '../../sql/tables/reconciliation.ts';
import { MESSAGE_IDS } from './archive.ts';
import type { Cell } from './cells.ts';
import type { Draw } from './draw.ts';
import { hash, TRANSACTION_IDS } from './payloads.ts';
import type { World } from './world.ts';
import { anyTime, dayNear, dayOf, MIDNIGHT, timeNear } from './times.ts';

const BEGINNING = '-62135596800000000';
/** From here on a statement looks: often from the beginning. */
const FROM = /_from$|^from_time$|^earliest_line$|_since$|^first_day$/;
/** Up to here. */
const TO = /^(cut|last_day|published_to)$|_before$/;
const GRACE = ['0', '1', '3600000000', '86400000000'];

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  id: [...MESSAGE_IDS, ...TRANSACTION_IDS], message_id: MESSAGE_IDS, owner: MESSAGE_IDS, transaction_id: TRANSACTION_IDS, attempt: ['a1', 'a1', 'a1', 'a2'], kind: ['post', 'sweep', 'a'], job: ['reconcile', 'post-ledger.post'],
  break_ids: ['b1,b2', 'missing_message:'], break_type: ['conflict_open'], severity: ['error', 'warning'], first_digits: ['', '00', '40'], last_digits: ['ff', 'ff', 'bf'], after_id: ['', ...TRANSACTION_IDS],
};

/** A value for every parameter that any statement takes; the breaks are mostly those of the books. */
export function parameters(draw: Draw, books: World): Readonly<Record<string, Cell>> {
  const any = Object.fromEntries([...PARAMETER_TYPES].map(([name, type]) => [name, parameter(draw, name, type)]));
  const place = reconciliationBreaks.columns.findIndex(({ name }) => name === 'break_id');
  return draw.onceIn(4) ? any : { ...any, break_ids: books[reconciliationBreaks.name].map((row) => row[place]).join(',') };
}

function parameter(draw: Draw, name: string, type: string): Cell {
  switch (type) {
    case 'TIMESTAMP':
      return FROM.test(name) && draw.onceIn(2) ? BEGINNING : TO.test(name) && draw.onceIn(2) ? String(MIDNIGHT * 2n) : draw.onceIn(8) ? anyTime(draw) : timeNear(draw);
    case 'DATE':
      return FROM.test(name) || /_from$|since$|^today$/.test(name) ? draw.one([dayOf(BEGINNING), dayNear(draw)]) : draw.one([dayOf(String(MIDNIGHT * 2n)), dayNear(draw)]);
    case 'INT64':
      return /grace|life/.test(name) ? draw.one(GRACE) : name === 'list_limit' ? draw.one(['1', '2', '100']) : /bytes|times/.test(name) ? draw.one(['1', '3', '10000']) : draw.one(name === 'reconciliation' ? ['1', '1', '2', '3'] : name === 'last_run' ? ['0', '3', '50'] : ['0', '1', '2', '3']);
    case 'BYTES':
      // A part is mostly all messages.
      return name === 'first_hash' ? draw.one(['', '', '40']) : name === 'next_hash' ? draw.one(['80', 'ff']) : hash(draw.one(['x', 'y']));
    case 'BOOL':
      return name === 'is_last' && !draw.onceIn(4) ? 'true' : draw.one(['true', 'false']);
    default:
      return draw.one(TEXTS[name] ?? ['x', '']);
  }
}
