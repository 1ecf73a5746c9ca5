import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, replaceable } from './context.ts';
import { type RoleName, ROLES } from './names.ts';

interface OwnRole {
  readonly title: string;
  readonly description: string;
  readonly permissions: readonly string[];
}

/** Roles of our own: each lacks what Google's narrowest role for the same work would allow besides. */
export const OWN_ROLES: Readonly<Record<RoleName, OwnRole>> = {
  // Streams rows into a table. With no permission to run a job, it can't update or delete one; without getData it can't read.
  append: { title: 'Payments: append rows', description: 'Appends rows to a table; reads none.', permissions: ['bigquery.tables.get', 'bigquery.tables.updateData'] },
  // Creates a document only where there is none: a claim can be neither overwritten nor deleted. https://cloud.google.com/firestore/docs/security/iam
  claim: { title: 'Payments: make claims', description: 'Creates claims and reads them; changes and deletes none.', permissions: ['datastore.databases.get', 'datastore.entities.create', 'datastore.entities.get'] },
  // Makes an object only where there is none, and locks it. https://cloud.google.com/storage/docs/access-control/iam-permissions
  publish_reports: { title: 'Payments: publish reports', description: 'Adds reports and locks them; changes and deletes none.', permissions: ['storage.objects.create', 'storage.objects.get', 'storage.objects.setRetention'] },
  run_jobs: {
    title: 'Payments: run jobs',
    description: 'Runs, pauses and resumes jobs of the scheduler; changes none.',
    permissions: ['cloudscheduler.jobs.enable', 'cloudscheduler.jobs.get', 'cloudscheduler.jobs.list', 'cloudscheduler.jobs.pause', 'cloudscheduler.jobs.run'],
  },
};

export class Roles extends pulumi.ComponentResource {
  readonly byId: Readonly<Record<string, gcp.projects.IAMCustomRole>>;

  constructor({ configuration }: Context, after: After) {
    super('payments:gcp:Roles', 'roles');
    this.byId = Object.fromEntries(
      Object.entries(OWN_ROLES).map(([name, { title, description, permissions }]) => {
        const roleId = ROLES[name as RoleName];
        return [roleId, new gcp.projects.IAMCustomRole(roleId, { project: configuration.project, roleId, title, description, permissions: [...permissions], stage: 'GA' }, replaceable(this, after))];
      }),
    );
    this.registerOutputs();
  }
}

/** A role of our own as a grant names it. */
export function ownRole(name: RoleName, project: string): string {
  return `projects/${project}/roles/${ROLES[name]}`;
}
