import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, replaceable, stateful } from './context.ts';
import { CLAIMS_COLLECTION } from './names.ts';

/**
 * The claims. The store forgets a claim some time after `expires_at`. No field is indexed: an indexed time caps the collection at 500
 * writes a second. https://cloud.google.com/firestore/native/docs/best-practices
 */
export class ClaimsDatabase extends pulumi.ComponentResource {
  readonly database: gcp.firestore.Database;

  constructor(context: Context, after: After) {
    super('payments:gcp:ClaimsDatabase', 'claims');
    const { project, region, claims_database, protected: isProtected } = context.configuration;
    this.database = new gcp.firestore.Database(
      'claims',
      {
        project, name: claims_database, locationId: region, type: 'FIRESTORE_NATIVE', databaseEdition: 'STANDARD', concurrencyMode: 'PESSIMISTIC',
        pointInTimeRecoveryEnablement: isProtected ? 'POINT_IN_TIME_RECOVERY_ENABLED' : 'POINT_IN_TIME_RECOVERY_DISABLED',
        deleteProtectionState: isProtected ? 'DELETE_PROTECTION_ENABLED' : 'DELETE_PROTECTION_DISABLED',
        deletionPolicy: isProtected ? 'PREVENT' : 'DELETE',
      },
      stateful(context, this, after),
    );
    const field = (name: string, path: string, more: Partial<gcp.firestore.FieldArgs> = {}) =>
      new gcp.firestore.Field(name, { project, database: this.database.name, collection: CLAIMS_COLLECTION, field: path, indexConfig: {}, ...more }, replaceable(this));
    field('claims-end', 'expires_at', { ttlConfig: {} });
    field('claims-unindexed', '*');
    this.registerOutputs();
  }
}
