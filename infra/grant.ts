import type { FunctionName } from '../functions/deployed/function-variables.ts';
import type { AgentName } from './agents.ts';

/** Narrows a grant further than its resource. https://cloud.google.com/iam/docs/conditions-overview */
export interface Condition {
  readonly title: string;
  readonly expression: string;
}

/** What a grant is on. The project only where Google has nothing narrower. */
export type Target =
  | { readonly on: 'project'; readonly condition?: Condition }
  | { readonly on: 'topic' | 'subscription' | 'account'; readonly name: string }
  | { readonly on: 'table'; readonly name: string }
  /** A whole dataset. The books take it as an entry of their access list: a policy there would take the finance views' authorisation away. */
  | { readonly on: 'books' | 'scratch' | 'finance' }
  | { readonly on: 'bucket'; readonly name: string }
  | { readonly on: 'repository' | 'key' }
  | { readonly on: 'service'; readonly name: FunctionName };

/** A Google account that acts for a service; its address has the project's number in it. */
export type Agent = `agent:${AgentName}`;

/** Not a member: the views of the finance dataset. */
export const FINANCE_VIEWS_READ = 'views:finance';

/** One grant. `to` is an IAM member, an agent, or the finance views. */
export interface Grant {
  readonly to: string;
  readonly role: string;
  readonly target: Target;
}

/** A grant in one line, the same for the same grant: its name in Pulumi, and in the list that a test compares. */
export function grantLine({ to, role, target }: Grant): string {
  const name = 'name' in target ? ` ${target.name}` : '';
  const condition = target.on === 'project' && target.condition ? ` where ${target.condition.title}` : '';
  return `${to} has ${role} on ${target.on}${name}${condition}`;
}
