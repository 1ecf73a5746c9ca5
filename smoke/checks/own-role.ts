import { type RoleName, ROLES } from '../../infra/names.ts';

/** A role of the stack's own as a policy names it. */
export function ownRoleName(name: RoleName, project: string): string {
  return `projects/${project}/roles/${ROLES[name]}`;
}
