import { type Recorded, recordedStack, type RecordedStack } from '../recorded-stack.ts';

/** One thing taken out of a stack, or put wrong: as a program would register that lacks it. */
export interface Mutation {
  readonly name: string;
  readonly of: (stack: RecordedStack) => RecordedStack;
}

export function without(one: Recorded): Mutation {
  return { name: `without ${label(one)}`, of: changed((resource) => (resource.urn === one.urn ? [] : [resource])) };
}

/** With an input changed, by its path; undefined takes it out. */
export function withInput(one: Recorded, path: string, value: unknown): Mutation {
  return { name: `${label(one)} with ${path} ${value === undefined ? 'left out' : JSON.stringify(value)}`, of: changed((resource) => [resource.urn === one.urn ? { ...resource, inputs: put(resource.inputs, path.split('.'), value) } : resource]) };
}

/** With what Pulumi alone is told changed. */
export function withOption(one: Recorded, option: Partial<Pick<Recorded, 'protect' | 'retainOnDelete'>>): Mutation {
  return { name: `${label(one)} with ${JSON.stringify(option)}`, of: changed((resource) => [resource.urn === one.urn ? { ...resource, ...option } : resource]) };
}

/** Made without waiting for anything that `awaited` names, however far back it is waited for. */
export function notWaitingFor(one: Recorded, what: string, awaited: (urn: string) => boolean): Mutation {
  return {
    name: `${label(one)} not waiting for ${what}`,
    of: (stack) => {
      const free = (urn: string): boolean => !awaited(urn) && !(stack.resources.find((resource) => resource.urn === urn)?.after ?? []).some((before) => !free(before));
      return changed((resource) => [resource.urn === one.urn ? { ...resource, after: resource.after.filter(free) } : resource])(stack);
    },
  };
}

function label({ type, name }: Recorded): string {
  return `${type.split(':').at(-1)} ${name}`;
}

function changed(change: (resource: Recorded) => readonly Recorded[]): Mutation['of'] {
  return ({ configuration, resources, outputs }) => recordedStack(configuration, resources.flatMap(change), outputs);
}

function put(into: unknown, [key, ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  const { [key]: old, ...others } = (into ?? {}) as Record<string, unknown>;
  if (rest.length > 0) return { ...others, [key]: put(old, rest, value) };
  return value === undefined ? others : { ...others, [key]: value };
}
