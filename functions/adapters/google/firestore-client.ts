import { Firestore } from '@google-cloud/firestore';

/** How the client finds Firestore. */
export interface FirestoreOptions {
  readonly project: string;
  /** `(default)`, or the id of another database. */
  readonly database: string;
}

/** Google's client, which has credentials, retries and the emulator's address (FIRESTORE_EMULATOR_HOST) in it. Over gRPC, whatever the environment says. */
export function firestoreClient({ project, database }: FirestoreOptions): Firestore {
  return new Firestore({ projectId: project, databaseId: database, preferRest: false });
}
