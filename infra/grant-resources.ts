import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type { AgentName, Agents } from './agents.ts';
import { type After, type Context, replaceable } from './context.ts';
import { FINANCE_VIEWS_READ, type Grant, grantLine } from './grant.ts';
import type { Grants } from './grants.ts';
import type { Keys } from './keys.ts';
import { accountEmail, DATASETS, serviceName, subscriptionPath, topicPath } from './names.ts';
import type { Packages } from './packages.ts';
import type { Standing } from './standing.ts';

/** Makes the grants of one stage, each after what it is about, and after what all of them wait for. Each adds one member to one role and leaves all others alone. */
export class Granted extends pulumi.ComponentResource {
  readonly all: After;

  constructor(context: Context, stage: keyof Grants, grants: readonly Grant[], made: { readonly agents: Agents; readonly keys?: Keys | null; readonly packages?: Packages; readonly standing: Standing }, after: After = []) {
    super('payments:gcp:Grants', `grants-${stage}`);
    const { project, region } = context.configuration;
    this.all = grants.map((grant) => {
      const name = grantLine(grant);
      const { role, target } = grant;
      const member = memberOf(grant.to, made.agents);
      const options = replaceable(this, [...made.agents.made, ...made.standing.awaited(grant), ...after]);
      switch (target.on) {
        case 'project':
          return new gcp.projects.IAMMember(name, { project, role, member, ...(target.condition ? { condition: { ...target.condition } } : {}) }, options);
        case 'topic':
          return new gcp.pubsub.TopicIAMMember(name, { project, topic: topicPath(target.name, project), role, member }, options);
        case 'subscription':
          return new gcp.pubsub.SubscriptionIAMMember(name, { project, subscription: subscriptionPath(target.name, project), role, member }, options);
        case 'table':
          return new gcp.bigquery.IamMember(name, { project, datasetId: DATASETS.payments, tableId: target.name, role, member }, options);
        case 'books':
          return new gcp.bigquery.DatasetAccess(name, { project, datasetId: DATASETS.payments, ...entryOf(grant.to, project) }, options);
        case 'scratch':
        case 'finance':
          return new gcp.bigquery.DatasetIamMember(name, { project, datasetId: DATASETS[target.on], role, member }, options);
        case 'bucket':
          return new gcp.storage.BucketIAMMember(name, { bucket: target.name, role, member }, options);
        case 'repository':
          return new gcp.artifactregistry.RepositoryIamMember(name, { project, location: region, repository: needed(made.packages, 'packages').repository.name, role, member }, options);
        case 'key':
          return new gcp.kms.CryptoKeyIAMMember(name, { cryptoKeyId: needed(made.keys, 'keys').key.id, role, member }, options);
        case 'account':
          return new gcp.serviceaccount.IAMMember(name, { serviceAccountId: `projects/${project}/serviceAccounts/${accountEmail(target.name, project)}`, role, member }, options);
        case 'service':
          return new gcp.cloudrunv2.ServiceIamMember(name, { project, location: region, name: serviceName(target.name), role, member }, options);
      }
    });
    this.registerOutputs();
  }
}

function memberOf(to: string, { emails }: Agents): pulumi.Input<string> {
  return to.startsWith('agent:') ? pulumi.interpolate`serviceAccount:${emails[to.slice('agent:'.length) as AgentName]}` : to;
}

/** An entry of a dataset's access list: a reader, or another dataset whose views may read. */
function entryOf(to: string, project: string): Omit<gcp.bigquery.DatasetAccessArgs, 'datasetId' | 'project'> {
  if (to === FINANCE_VIEWS_READ) return { authorizedDataset: { dataset: { projectId: project, datasetId: DATASETS.finance }, targetTypes: ['VIEWS'] } };
  const [kind, email] = to.split(':');
  return { role: 'READER', ...(kind === 'group' ? { groupByEmail: email } : { userByEmail: email }) };
}

function needed<Part>(part: Part | null | undefined, what: string): Part {
  if (part === null || part === undefined) throw new TypeError(`a grant on ${what} is asked for before there are any`);
  return part;
}
