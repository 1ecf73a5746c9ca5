import { existsSync } from 'node:fs';
import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { FUNCTION_NAMES, type FunctionName } from '../functions/deployed/function-variables.ts';
import { type After, type Context, replaceable } from './context.ts';
import { bucketName, kebab } from './names.ts';

/** Versions of a package, and images of a function, that are kept: as many can be gone back to. */
export const KEPT_VERSIONS = 10;
/** Seconds after which an image that is none of these goes. */
const OLD_IMAGE_SECONDS = 30 * 86_400;

/** What of the packages isn't there, a sentence each: Pulumi would say so only after it had changed other things. */
export function missingPackages(folder: string): string[] {
  return FUNCTION_NAMES.map((name) => `${folder}/${kebab(name)}`).flatMap((one) => (existsSync(`${one}/index.mjs`) ? [] : [`${one} holds no package: run npm run build`]));
}

/**
 * Functions as they are uploaded, each from the folder that `npm run build` makes, and the images that are built of them. Paths are
 * relative: an absolute one would stand in the state, and differ from machine to machine.
 */
export class Packages extends pulumi.ComponentResource {
  readonly bucket: gcp.storage.Bucket;
  readonly repository: gcp.artifactregistry.Repository;
  readonly objects: Readonly<Record<FunctionName, gcp.storage.BucketObject>>;

  constructor({ configuration, labels }: Context, folder: string, after: After) {
    super('payments:gcp:Packages', 'packages');
    const { project, region } = configuration;
    this.bucket = new gcp.storage.Bucket(
      'functions',
      {
        project, name: bucketName('functions', project), location: region.toUpperCase(), labels: { ...labels },
        uniformBucketLevelAccess: true, publicAccessPrevention: 'enforced', versioning: { enabled: true }, forceDestroy: true,
        lifecycleRules: [{ action: { type: 'Delete' }, condition: { numNewerVersions: KEPT_VERSIONS, withState: 'ARCHIVED' } }],
      },
      replaceable(this, after),
    );
    this.repository = new gcp.artifactregistry.Repository(
      'functions',
      {
        project, location: region, repositoryId: 'payments-functions', format: 'DOCKER', labels: { ...labels }, cleanupPolicyDryRun: false,
        cleanupPolicies: [
          { id: 'keep-newest', action: 'KEEP', mostRecentVersions: { keepCount: KEPT_VERSIONS } },
          { id: 'delete-old', action: 'DELETE', condition: { olderThan: `${OLD_IMAGE_SECONDS}s` } },
        ],
      },
      replaceable(this, after),
    );
    this.objects = Object.fromEntries(
      FUNCTION_NAMES.map((name) => [
        name,
        new gcp.storage.BucketObject(kebab(name), { bucket: this.bucket.name, name: `${kebab(name)}.zip`, source: new pulumi.asset.FileArchive(`${folder}/${kebab(name)}`) }, replaceable(this)),
      ]),
    ) as Packages['objects'];
    this.registerOutputs();
  }
}
