import { EXIT, Failure } from '../../functions/failure.ts';
import { DATASETS, TOPICS } from '../../infra/names.ts';
import { textAt, textsAt } from './fields.ts';
import type { Google } from './read.ts';
import type { Place } from './stack.ts';

/** What a user has said of the place; what is null is found out. */
export interface Said {
  readonly project: string;
  readonly region: string | null;
  readonly location: string | null;
  readonly claims_database: string;
}

/**
 * Where the stack is: the region in which the topic keeps its messages, the location of the dataset. Throws `Failure`: exit 3 where the
 * stack can't be reached, or isn't there; exit 2 where something must be said.
 */
export async function findStack(google: Google, said: Said): Promise<Place> {
  const { project, claims_database } = said;
  const topic = await reach(`the topic ${TOPICS.payments}`, project, () => google.read('pubsub', `projects/${project}/topics/${TOPICS.payments}`));
  const dataset = await reach(`the dataset ${DATASETS.payments}`, project, () => google.read('bigquery', `projects/${project}/datasets/${DATASETS.payments}`));
  const region = said.region ?? textsAt(topic, 'messageStoragePolicy.allowedPersistenceRegions')[0] ?? null;
  const location = said.location ?? textAt(dataset, 'location');
  if (region === null) throw new Failure(EXIT.usage, `The topic ${TOPICS.payments} does not say in which region the stack is.`, 'Name it with --region, for example --region europe-west1.');
  if (location === null) throw new Failure(EXIT.usage, `The dataset ${DATASETS.payments} does not say where it is.`, 'Name it with --location, for example --location EU.');
  return { project, region, location, claims_database };
}

const MEANS: Readonly<Record<string, readonly [means: string, fix: string]>> = {
  // https://grpc.io/docs/guides/status-codes
  5: ['There is no such thing as', 'Check --project and --region; the stack must be deployed: docs/deploy.md.'],
  7: ['There is no right to see', 'Check --project, and your rights in it: docs/deploy.md, What you need.'],
  401: ['Google Cloud does not accept the credentials', 'Run `gcloud auth application-default login` again.'],
  403: ['There is no right to see', 'Check --project, and your rights in it: docs/deploy.md, What you need.'],
  404: ['There is no such thing as', 'Check --project; the stack must be deployed: docs/deploy.md.'],
};

/** Calls; what fails is a `Failure` (exit 3) that says what was asked for. */
export async function reach<Found>(what: string, project: string, call: () => Promise<Found>): Promise<Found> {
  try {
    return await call();
  } catch (error) {
    const { status, code, message } = error as { status?: unknown; code?: unknown; message?: string };
    if (error instanceof Failure || /credential|invalid_grant/i.test(message ?? '')) throw error; // google-faults.ts says it better
    const word = String(status ?? code ?? 'no answer');
    const [means, fix] = MEANS[word] ?? ['Google Cloud does not answer when asked for', 'Check the connection, then run the same command again.'];
    throw new Failure(EXIT.unusable, `${means} ${what} in the project ${project} (${word}).`, fix);
  }
}
