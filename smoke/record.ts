import { FACT_NAMES, type FactName, FACTS } from './facts/list.ts';
import type { Finding, Result } from './result.ts';
import { faultText } from './wait.ts';

/** Takes down what each fact came to. */
export interface Record {
  take(name: FactName, finding: Finding): void;
  /** What a look finds; one that fails is a fact that doesn't hold. */
  look(name: FactName, look: () => Promise<Finding>): Promise<void>;
  /** Every fact, in order; one that was never reached is skipped, because of what `why` says. */
  results(why: string): Result[];
}

/** An empty record. */
export function record(): Record {
  const findings = new Map<FactName, Finding>();
  return {
    take: (name, finding) => void findings.set(name, finding),
    async look(name, look) {
      findings.set(name, await look().catch((error: unknown): Finding => ({ ok: false, found: `could not be asked (${faultText(error)})` })));
    },
    results: (why) =>
      FACT_NAMES.map((name) => {
        const { asks, next } = FACTS[name];
        const finding = findings.get(name);
        if (finding === undefined) return { name, asks, result: 'skipped', found: why, next: null };
        return { name, asks, result: finding.ok ? 'ok' : 'failed', found: finding.found, next: finding.ok ? null : next };
      }),
  };
}
