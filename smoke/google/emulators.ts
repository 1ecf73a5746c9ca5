import { EXIT, Failure } from '../../functions/failure.ts';

/** The variables by which Google's clients find an emulator. */
const EMULATOR_VARIABLES = ['PUBSUB_EMULATOR_HOST', 'FIRESTORE_EMULATOR_HOST', 'BIGQUERY_EMULATOR_HOST'] as const;

/**
 * True where the clients of this process speak to emulators. Throws `Failure` (exit 2) where only some do: half a test would run on the
 * project, and nobody would see which half.
 */
export function isOnEmulators(environment: Readonly<Record<string, string | undefined>>): boolean {
  const set = EMULATOR_VARIABLES.filter((name) => environment[name]);
  if (set.length === 0) return false;
  const unset = EMULATOR_VARIABLES.filter((name) => !environment[name]);
  if (unset.length > 0) throw new Failure(EXIT.usage, `${set.join(' and ')} ${set.length === 1 ? 'is' : 'are'} set, ${unset.join(' and ')} not: half of this would run on emulators.`, 'Unset them for a project of yours, or run `npm run emulators -- -- npm run smoke -- …`.');
  if (!environment.PAYMENTS_SCHEDULER_URL) throw new Failure(EXIT.usage, 'There is no emulator of Cloud Scheduler, and PAYMENTS_SCHEDULER_URL names nothing in its place.', 'See test/emulators/smoke.test.ts, which has a stand-in.');
  return true;
}
