import { firestoreClaims } from '../adapters/google/firestore-claims.ts';
import { firestoreClient } from '../adapters/google/firestore-client.ts';
import type { Configuration } from '../deployed/configuration.ts';
import type { Claims } from '../ports.ts';

/** The claims of a configuration. The client connects at the first claim. */
export function claimsInFirestore({ project, claims_database, claims_collection }: Pick<Configuration, 'project' | 'claims_database' | 'claims_collection'>): Claims {
  return firestoreClaims({ firestore: firestoreClient({ project, database: claims_database }), collection: claims_collection });
}
