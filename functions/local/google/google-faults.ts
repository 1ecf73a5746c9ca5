import { EXIT, Failure } from '../../failure.ts';

/** What Google's clients say (gRPC's code, or words where there is none), what it means, and what to do. The first that fits. */
const GOOGLE_FAULTS: readonly (readonly [fits: (code: unknown, message: string) => boolean, means: string, fix: string])[] = [
  [(_code, message) => /credential|invalid_grant/i.test(message), 'There are no credentials for Google Cloud', 'Run `gcloud auth application-default login`, or name a key with GOOGLE_APPLICATION_CREDENTIALS.'],
  [(code) => code === 16, 'Google Cloud does not accept the credentials', 'Run `gcloud auth application-default login` again.'],
  [(code) => code === 7, 'There is no right to do this', 'Ask for the role of an operator in this project; see docs/architecture.md.'],
  [(code) => code === 5, 'There is no such thing in this project', 'Check --project and the names; `payments jobs list` shows the jobs.'],
  [(code) => code === 3, 'Google Cloud refuses the request', 'Check the names and the time.'],
  [(code) => code === 4 || code === 14, 'Google Cloud does not answer', 'Check the connection, then run the same command again.'],
];

/** Looks for credentials before a client does: without any, some of Google's clients reject where nobody listens, or try for a minute. */
async function requireCredentials(): Promise<void> {
  const { GoogleAuth } = await import('google-auth-library');
  await new GoogleAuth({ scopes: ['https://www.googleapis.com/auth/cloud-platform'] }).getClient();
}

/** Runs calls to Google Cloud; what fails in a way that a user can act on is a `Failure` (exit 3). An emulator needs no credentials. */
export async function callingGoogle<Result>(call: () => Promise<Result>, needsCredentials = true): Promise<Result> {
  try {
    if (needsCredentials) await requireCredentials();
    return await call();
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: string };
    const found = GOOGLE_FAULTS.find(([fits]) => fits(code, message ?? ''));
    if (found === undefined) throw error;
    throw new Failure(EXIT.unusable, `${found[1]}: ${(message ?? '').split('\n')[0]}`, found[2]);
  }
}
