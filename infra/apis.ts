import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type Context, replaceable } from './context.ts';

/** Every API that the stack uses. The first two must be on before Pulumi can turn on the others: docs/deploy.md. */
export const APIS = [
  'cloudresourcemanager', 'serviceusage', 'artifactregistry', 'bigquery', 'cloudbuild', 'cloudfunctions', 'cloudscheduler', 'firestore', 'iam', 'iamcredentials', 'logging', 'monitoring', 'pubsub', 'run', 'storage',
] as const;

/** Turned on, and left on when the stack goes: something else in the project may use them. */
export class Apis extends pulumi.ComponentResource {
  readonly all: readonly gcp.projects.Service[];

  constructor({ configuration }: Context) {
    super('payments:gcp:Apis', 'apis');
    const wanted = [...APIS, ...(configuration.customer_managed_keys ? ['cloudkms'] : []), ...(configuration.billing_account ? ['billingbudgets'] : [])];
    this.all = wanted.map((api) => new gcp.projects.Service(api, { project: configuration.project, service: `${api}.googleapis.com`, disableOnDestroy: false }, replaceable(this)));
    this.registerOutputs();
  }
}
