import { cloudLog } from '../../../functions/adapters/google/cloud-log.ts';
import { setTimer } from '../../../functions/adapters/google/with-deadline.ts';
import { inHand } from '../../../functions/deployed/in-hand.ts';
import { lineLimit } from '../../../functions/deployed/limited-log.ts';
import type { Platform } from '../../../functions/deployed/serve.ts';
import type { Clock, Log, LogSeverity } from '../../../functions/ports.ts';

export type Line = { readonly severity: LogSeverity; readonly message: string } & Readonly<Record<string, unknown>>;

export interface TrialPlatform extends Platform {
  /** What was logged. */
  readonly logged: Line[];
  readonly clock: Clock & { now_is: number };
}

/** A platform whose door lets everybody in, whose clock stands, and whose log is kept. */
export function trialPlatform(change: Partial<Platform> = {}): TrialPlatform {
  const logged: Line[] = [];
  const clock = { now_is: Date.UTC(2026, 1, 1) * 1_000, now: () => clock.now_is };
  return {
    door: async () => null,
    inHand: inHand(),
    log: cloudLog({ project: 'trial', clock, labels: { function: 'trial' }, output: (line) => logged.push(JSON.parse(line) as Line) }),
    lines: lineLimit(clock),
    setTimer,
    give_up_after: 10_000,
    logged,
    clock,
    ...change,
  };
}

/** A log that keeps what is written, as `SEVERITY message`, with the code where there is one. */
export function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  return { lines, write: (severity, message, fields) => void lines.push(`${severity} ${message}${fields?.code ? ` ${fields.code}` : ''}`) };
}
