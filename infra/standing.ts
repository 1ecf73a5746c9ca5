import type * as pulumi from '@pulumi/pulumi';
import type { After } from './context.ts';
import type { Grant } from './grant.ts';

/**
 * What has been made, by the words that grants have for it. So a grant waits for who is granted, for the role and for what it is on, not
 * for a whole stage: where something can't be deleted, Pulumi's engine walks every way that leads back through the dependencies. When
 * grants waited for stages there were 10¹¹ ways, and a `pulumi destroy` that was refused did not end.
 */
export class Standing {
  readonly #made = new Map<string, pulumi.Resource>();

  /** Adds things of a kind by their names; the name is '' where there is one of the kind, and for a project what the grant's condition is called. */
  add(kind: Grant['target']['on'] | 'role', byName: Readonly<Record<string, pulumi.Resource>>): void {
    for (const [name, resource] of Object.entries(byName)) this.#made.set(`${kind} ${name}`, resource);
  }

  /** What a grant waits for. Members and roles may be others' than ours; what a grant is on must have been made. */
  awaited({ to, role, target }: Grant): After {
    const name = 'name' in target ? target.name : target.on === 'project' ? target.condition?.title ?? '' : '';
    const on = this.#made.get(`${target.on} ${name}`);
    if (!on && target.on !== 'project') throw new TypeError(`a grant on ${target.on} ${name} is asked for before there is one`);
    const member = this.#made.get(`account ${/^serviceAccount:([^@]+)@/.exec(to)?.[1]}`);
    const own = this.#made.get(`role ${role.split('/').at(-1)}`);
    return [on, member, own].filter((one) => one !== undefined);
  }
}
