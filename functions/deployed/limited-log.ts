import type { Clock, Log } from '../ports.ts';
import { MICROS_PER_SECOND, type Micros } from '../payment/time.ts';

/** Lines of one kind in a window. Prevents an outage from writing a line for each of thousands of requests a second. */
export const LINES_PER_WINDOW = 5;
/** Microseconds of a window. */
export const WINDOW: Micros = 60 * MICROS_PER_SECOND;
/** Kinds of lines that are counted. Prevents the memory from growing with what others make up. */
export const MAX_KINDS = 200;

interface Window {
  readonly since: Micros;
  lines: number;
  left_out: number;
}

/** Says whether a line may be written. One for an instance: all of its requests share the limit. */
export interface LineLimit {
  /** Null: not now. Else how many lines of this kind were left out before it. */
  admit(kind: string): number | null;
}

/** At most LINES_PER_WINDOW lines of a kind in a WINDOW. */
export function lineLimit(clock: Clock): LineLimit {
  const windows = new Map<string, Window>();
  return {
    admit(kind) {
      const now = clock.now();
      const window = windows.get(kind);
      if (window && now - window.since < WINDOW && now >= window.since) {
        window.lines += 1;
        if (window.lines <= LINES_PER_WINDOW) return 0;
        window.left_out += 1;
        return null;
      }
      windows.delete(kind); // so that the order of the map is the order of the windows
      if (windows.size >= MAX_KINDS) windows.delete(windows.keys().next().value!);
      windows.set(kind, { since: now, lines: 1, left_out: 0 });
      return window?.left_out ?? 0;
    },
  };
}

/** A log that writes only what the limit admits. The kind of a line is its message, and its `code` where it has one. */
export function limitedLog(log: Log, limit: LineLimit): Log {
  return {
    write(severity, message, fields) {
      const left_out = limit.admit(`${message} ${fields?.code ?? ''}`);
      if (left_out !== null) log.write(severity, message, left_out > 0 ? { ...fields, lines_left_out: left_out } : fields);
    },
  };
}
