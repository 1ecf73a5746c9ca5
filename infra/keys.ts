import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, stateful } from './context.ts';

/** Seconds: a new version of the key each quarter. */
const ROTATION_SECONDS = 90 * 86_400;
/** Seconds between the order to destroy a version and its end. Prevents a mistake from making the books unreadable at once. */
const DESTROY_AFTER_SECONDS = 30 * 86_400;

/** The key of topics, datasets and buckets. Key rings and keys can never be deleted, only their versions. */
export class Keys extends pulumi.ComponentResource {
  readonly key: gcp.kms.CryptoKey;

  constructor(context: Context, after: After) {
    super('payments:gcp:Keys', 'keys');
    const { configuration, labels } = context;
    const options = { ...stateful(context, this, after), retainOnDelete: true };
    const ring = new gcp.kms.KeyRing('payments', { project: configuration.project, name: 'payments', location: configuration.region }, options);
    this.key = new gcp.kms.CryptoKey(
      'payments',
      { keyRing: ring.id, name: 'payments', purpose: 'ENCRYPT_DECRYPT', rotationPeriod: `${ROTATION_SECONDS}s`, destroyScheduledDuration: `${DESTROY_AFTER_SECONDS}s`, labels: { ...labels } },
      options,
    );
    this.registerOutputs();
  }
}
