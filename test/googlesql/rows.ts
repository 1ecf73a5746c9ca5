import type { Column, TableDescription } from '../../sql/tables/description.ts';
import { MESSAGE_IDS } from './archive.ts';
import type { Cell } from './cells.ts';
import type { Draw } from './draw.ts';
import { KINDS, TRANSACTION_IDS, hash } from './payloads.ts';
import { anyTime, dayNear, timeNear } from './times.ts';

/** Once in so many values, a row says something other than it should: what someone tampered with, or a fault of ours. */
const TAMPERED = 25;

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  message_id: MESSAGE_IDS,
  transaction_id: TRANSACTION_IDS,
  original_transaction_id: TRANSACTION_IDS.slice(0, 3),
  kind: KINDS,
  outcome: ['recorded', 'duplicate', 'conflict', 'late', 'rejected', 'dead_lettered'],
  currency: ['EUR', 'JPY', 'BHD', 'UYW'],
  flags: ['clock_skew', 'card_data_seen', 'clock_skew,card_data_seen', 'unknown_fields', 'card_data_seen_not'],
  faults: ['[{"code":"missing","field":"amount","found":"","fix":"Send it."}]', '[{"code":"bad\\u0020\\"text\\"","field":null,"found":"5","fix":"ü😀"},{"code":"second"}]', '[]', '[{"code":5}]', '[{"field":{"a":1}}]'],
  action: ['decided_post', 'decided_reject', 'setting_changed', 'store_created', 'republished'],
  setting: ['orphan_grace', 'watermark'],
  attempt: ['a1', 'a1', 'a2'],
  verdict: ['incomplete', 'breaks', 'pending', 'reconciled'],
  severity: ['error', 'warning'],
  disposition: ['published', 'published', 'posted', 'duplicate', 'conflict', 'pending', 'rejected', 'missing'],
  break_type: ['missing_message', 'conflict_open', 'rejected_unresolved', 'pending_overdue', 'over_refund', 'clock_skew'],
  job: ['reconcile', 'post-ledger.post'],
};
const PLAIN = ['', 'a', 'A', 'ü✓😀', "it's", 'x '];
const COUNTS = ['0', '1', '2', '3', '50', '49'];
const MONEY = ['0', '1', '10', '999', '99999999999999', '1000000000000000'];

/** What a column may hold: from a small choice, so that rows meet; edges where their meaning allows. */
export function anyCell(draw: Draw, { name, type, required }: Column): Cell {
  if (!required && draw.onceIn(5)) return null;
  switch (type) {
    case 'STRING':
      return draw.one(TEXTS[name] ?? PLAIN);
    case 'INT64':
      return /minor/.test(name) ? draw.one([...MONEY, ...MONEY.map((minor) => (minor === '0' ? '0' : `-${minor}`))]) : draw.one(COUNTS);
    case 'BYTES':
      return hash(draw.one(['x', 'y'])).slice(0, name === 'identity_key' ? 32 : 64);
    case 'BOOL':
      return draw.one(['true', 'false']);
    case 'DATE':
      return dayNear(draw);
    case 'TIMESTAMP':
      return name === 'event_time' && draw.onceIn(4) ? anyTime(draw) : timeNear(draw);
    case 'NUMERIC(38,9)':
      // Sums in minor units are beyond INT64.
      return draw.one(['0', '1', '-1', '10500000000', '100000000', '-999999999', '1000000000000000000000000', '-1000000000000000000000000', ...(/minor/.test(name) ? ['25000000000000000000000000000'] : [])]);
  }
}

/** A row of what is known; the rest from the choices of each column, and now and then something else than is known. */
export function row(draw: Draw, table: TableDescription, known: Readonly<Record<string, Cell>>, tampered = TAMPERED): Cell[] {
  return table.columns.map((column) => {
    const value = known[column.name];
    return value === undefined || (value === null && column.required) || draw.onceIn(tampered) ? anyCell(draw, column) : value;
  });
}
