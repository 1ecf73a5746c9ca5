import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, stateful } from './context.ts';
import { seconds } from './function-list.ts';
import { bucketName } from './names.ts';

const SECONDS_PER_DAY = 86_400;
/** Seconds in which anything deleted or replaced can be brought back, by whoever owns the bucket: the most that Cloud Storage has. https://cloud.google.com/storage/docs/soft-delete */
const SOFT_DELETE_SECONDS = 90 * SECONDS_PER_DAY;
/** Days after which a report moves to the cheaper class. */
const RARELY_READ_AFTER_DAYS = 90;

/**
 * The bucket of the reports: private, and each report locked for as long as is configured, by the function that publishes it. Versions are
 * kept for what anybody else may put into it. https://cloud.google.com/storage/docs/object-lock
 */
export class Reports extends pulumi.ComponentResource {
  readonly bucket: gcp.storage.Bucket;

  constructor(context: Context, key: gcp.kms.CryptoKey | null, after: After) {
    super('payments:gcp:Reports', 'reports');
    const { project, region, report_retention, protected: isProtected } = context.configuration;
    this.bucket = new gcp.storage.Bucket(
      'reports',
      {
        project, name: bucketName('reports', project), location: region.toUpperCase(), labels: { ...context.labels },
        uniformBucketLevelAccess: true, publicAccessPrevention: 'enforced',
        versioning: { enabled: true },
        enableObjectRetention: true,
        softDeletePolicy: { retentionDurationSeconds: SOFT_DELETE_SECONDS },
        lifecycleRules: [
          { action: { type: 'SetStorageClass', storageClass: 'NEARLINE' }, condition: { age: RARELY_READ_AFTER_DAYS, matchesStorageClasses: ['STANDARD'] } },
          { action: { type: 'Delete' }, condition: { daysSinceNoncurrentTime: Math.floor(seconds(report_retention) / SECONDS_PER_DAY), withState: 'ARCHIVED' } },
        ],
        ...(key ? { encryption: { defaultKmsKeyName: key.id } } : {}),
        forceDestroy: !isProtected,
      },
      stateful(context, this, after),
    );
    this.registerOutputs();
  }
}
