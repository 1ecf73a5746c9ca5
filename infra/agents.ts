import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, replaceable } from './context.ts';

/** Google's own accounts that act for a service in this project. */
export type AgentName = 'pubsub' | 'bigquery' | 'storage';

/** Makes sure that the agents exist that grants name, and knows their addresses. */
export class Agents extends pulumi.ComponentResource {
  readonly emails: Readonly<Record<AgentName, pulumi.Output<string>>>;
  /** What grants to agents wait for. */
  readonly made: After;

  /** The agents of BigQuery and Cloud Storage are made by asking for them, and only a key is granted to them. */
  constructor({ configuration, project_number }: Context, after: After) {
    super('payments:gcp:Agents', 'agents');
    const { project } = configuration;
    const pubsub = new gcp.projects.ServiceIdentity('pubsub', { project, service: 'pubsub.googleapis.com' }, replaceable(this, after));
    this.made = [pubsub];
    this.emails = {
      pubsub: pulumi.interpolate`service-${project_number}@gcp-sa-pubsub.iam.gserviceaccount.com`,
      bigquery: configuration.customer_managed_keys ? gcp.bigquery.getDefaultServiceAccountOutput({ project }, { parent: this, dependsOn: [...after] }).email : pulumi.output(''),
      storage: configuration.customer_managed_keys ? gcp.storage.getProjectServiceAccountOutput({ project }, { parent: this, dependsOn: [...after] }).emailAddress : pulumi.output(''),
    };
    this.registerOutputs();
  }
}
