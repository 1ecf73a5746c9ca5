import type { Result } from '../result.ts';
import { faultText } from '../wait.ts';
import type { Asked, Check } from './check.ts';

/** Asks each check, one after the other. On emulators, what none of them knows is skipped with its reason; elsewhere nothing is. Never rejects. */
export async function askChecks(checks: readonly Check[], asked: Asked, on_emulators: boolean, progress: (name: string) => void): Promise<Result[]> {
  const results: Result[] = [];
  for (const check of checks) {
    progress(check.name);
    results.push(on_emulators && check.no_emulator !== null ? skipped(check, check.no_emulator) : await ask(check, asked));
  }
  return results;
}

async function ask(check: Check, asked: Asked): Promise<Result> {
  const { name, asks, next } = check;
  try {
    const { ok, found } = await check.run(asked);
    return { name, asks, result: ok ? 'ok' : 'failed', found, next: ok ? null : next };
  } catch (error) {
    // What can't be asked is not known to hold.
    return { name, asks, result: 'failed', found: `could not be asked (${faultText(error)})`, next: `Have the right to look (docs/deploy.md, What you need), then run this again. ${next}` };
  }
}

function skipped({ name, asks }: Check, why: string): Result {
  return { name, asks, result: 'skipped', found: `on emulators: ${why}`, next: null };
}
