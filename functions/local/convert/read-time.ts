import type { Fault } from '../../payment/fault.ts';
import type { Layout } from './columns.ts';
import type { TimeSource } from './map-schema.ts';
import { originReader, type Cells } from './read-text.ts';
import { rowFault } from './row-faults.ts';
import { timeReader } from './time-text.ts';
import type { ClockChange } from './zone.ts';

/** Told of each time that clocks being put forward or back made unclear. */
export type ClockChangeSeen = (change: Exclude<ClockChange, 'none'>) => void;
export type TimeFieldReader = (cells: Cells, faults: Fault[], seen: ClockChangeSeen) => string | null;

/** The reader of a time field: RFC 3339, or null where the row has none or a fault was added. The map was validated before. */
export function timeFieldReader(field: string, source: TimeSource, layout: Layout, needed: boolean): TimeFieldReader {
  const { read, orDefault } = originReader(source, layout);
  const readTime = timeReader(source);
  if (typeof readTime === 'string') throw new Error(readTime);
  return (cells, faults, seen) => {
    const text = read(cells);
    if (text === '') {
      if (orDefault === '' && needed) faults.push(rowFault('field_empty', field, ''));
      return orDefault || null;
    }
    const time = readTime(text);
    if (typeof time === 'string') {
      faults.push(rowFault(time === 'none' ? 'time_not_in_format' : 'time_ambiguous', field, text));
      return null;
    }
    if (time.clock_change !== 'none') seen(time.clock_change);
    return time.text;
  };
}
