import { GoogleAuth, PassThroughClient } from 'google-auth-library';
import { CALL_MILLISECONDS } from '../limits.ts';

/** Google's APIs that are asked, and where they are. */
export const ADDRESSES = {
  pubsub: 'https://pubsub.googleapis.com/v1',
  firestore: 'https://firestore.googleapis.com/v1',
  bigquery: 'https://bigquery.googleapis.com/bigquery/v2',
  storage: 'https://storage.googleapis.com/storage/v1',
  run: 'https://run.googleapis.com/v2',
  projects: 'https://cloudresourcemanager.googleapis.com/v1',
  logging: 'https://logging.googleapis.com/v2',
} as const;
export type Service = keyof typeof ADDRESSES;

/** Reads what Google's APIs say of the project's things. Changes nothing. */
export interface Google {
  /** The JSON of a GET, or of a POST that only reads (`body`). Rejects with the client's error. */
  read(service: Service, path: string, body?: object): Promise<unknown>;
  /** The status that a stranger gets, who sends a GET without credentials. */
  statusForStranger(url: string): Promise<number>;
}

/** Firestore and Pub/Sub take no narrower one. */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** With the credentials of the environment; Pub/Sub's and BigQuery's emulators are asked in their place where they are named, without any. */
export function google(environment: Readonly<Record<string, string | undefined>>): Google {
  const real = new GoogleAuth({ scopes: [SCOPE] });
  const plain = new GoogleAuth({ authClient: new PassThroughClient() });
  const emulators: Partial<Record<Service, string>> = {
    ...(environment.PUBSUB_EMULATOR_HOST ? { pubsub: `http://${environment.PUBSUB_EMULATOR_HOST}/v1` } : {}),
    ...(environment.BIGQUERY_EMULATOR_HOST ? { bigquery: environment.BIGQUERY_EMULATOR_HOST } : {}),
  };
  return {
    async read(service, path, body) {
      const emulator = emulators[service];
      const call = { url: `${emulator ?? ADDRESSES[service]}/${path}`, timeout: CALL_MILLISECONDS, ...(body ? { method: 'POST' as const, data: body } : {}) };
      return (await (emulator ? plain : real).request<unknown>(call)).data;
    },
    async statusForStranger(url) {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(CALL_MILLISECONDS) });
      await answer.body?.cancel();
      return answer.status;
    },
  };
}
