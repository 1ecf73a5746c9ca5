import { readFileSync } from 'node:fs';
import * as pulumi from '@pulumi/pulumi';
import { readStackConfiguration, type StackConfiguration } from '../../infra/configuration.ts';
import type { Outputs } from '../../infra/outputs.ts';
import { defineStack } from '../../infra/stack.ts';
import { answer, made } from './google-answers.ts';

/** A resource as the program registers it, its options included: Pulumi's own mocks leave them out. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly urn: string;
  readonly custom: boolean;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** Resources that must be there first, those of its arguments included. */
  readonly after: readonly string[];
}

/** A whole stack, registered against mocks. */
export interface RecordedStack {
  readonly configuration: StackConfiguration;
  readonly resources: readonly Recorded[];
  readonly outputs: Readonly<Record<keyof Outputs, unknown>>;
  /** Custom resources of one type, by the last part of its token: `Topic`. */
  of(type: string): readonly Recorded[];
  /** One resource of a type by its name. */
  one(type: string, name: string): Recorded;
  /** Everything that must be there before a resource, however far back. */
  before(resource: Recorded): ReadonlySet<string>;
}

export { PROJECT_NUMBER } from './google-answers.ts';

/** The configuration in a file such as Pulumi.dev.yaml, as Pulumi hands it over. */
export function configurationIn(file: string): Record<string, string> {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  return Object.fromEntries([...text.matchAll(/^ {2}([\w-]+:\w+): "?([^"\n]*)"?$/gm)].map(([, key, value]) => [key, value]));
}

/** Runs the program against mocks and returns when all is registered: without waiting, each list below would be empty and each loop over it content. */
export async function recordStack(given: Readonly<Record<string, string>>, { preview = false } = {}): Promise<RecordedStack> {
  const resources: Recorded[] = [];
  await pulumi.runtime.setMocks({ newResource: ({ type, name, inputs }) => made(type, name, inputs), call: ({ token }) => answer(token) }, 'exactly-once-payments', 'test', preview);
  recordInto(resources);
  const configuration = readStackConfiguration(given);
  const outputs = defineStack(configuration, { stack: 'Test.1', packages: '../dist/functions' });
  await pulumi.runtime.disconnect();
  const known = await Promise.all(Object.entries(outputs).map(async ([name, output]) => [name, await valueOf(output)]));
  return recordedStack(configuration, resources, Object.fromEntries(known) as RecordedStack['outputs']);
}

/** A stack of these resources: as the program registered them, or with something changed. */
export function recordedStack(configuration: StackConfiguration, resources: readonly Recorded[], outputs: RecordedStack['outputs']): RecordedStack {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const found = new Map<string, ReadonlySet<string>>();
  const before = (urn: string): ReadonlySet<string> => {
    if (!found.has(urn)) found.set(urn, all(byUrn.get(urn)?.after ?? []));
    return found.get(urn)!;
  };
  const all = (urns: readonly string[]) => new Set(urns.flatMap((urn) => [urn, ...before(urn)]));
  return {
    configuration,
    resources,
    outputs,
    of: (type) => resources.filter((resource) => resource.custom && resource.type.split(':').at(-1) === type),
    one(type, name) {
      const found = resources.filter((resource) => resource.type.split(':').at(-1) === type && resource.name === name);
      if (found.length !== 1) throw new Error(`${found.length} of type ${type} are called ${name}`);
      return found[0];
    },
    before: ({ after }) => all(after),
  };
}

/** The mock monitor, listened to. */
function recordInto(resources: Recorded[]): void {
  // The parts of the protocol that are read here; the package doesn't declare them.
  interface Request {
    getType(): string; getName(): string; getCustom(): boolean; getProtect(): boolean; getRetainondelete(): boolean; getDependenciesList(): string[];
    getObject(): { toJavaScript(): Record<string, unknown> };
  }
  interface Response { getUrn(): string }
  type Reply = (error: unknown, response?: Response) => void;
  const monitor = pulumi.runtime.getMonitor() as unknown as { registerResource(request: Request, reply: Reply): Promise<void> };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, reply) =>
    register(request, (error, response) => {
      if (response) {
        resources.push({
          type: request.getType(), name: request.getName(), inputs: pulumi.runtime.deserializeProperties(request.getObject() as never), urn: response.getUrn(), custom: request.getCustom(),
          protect: request.getProtect(), retainOnDelete: request.getRetainondelete(), after: request.getDependenciesList(),
        });
      }
      reply(error, response);
    });
}

/** An input by its path, `pushConfig.oidcToken.audience`; undefined where there is none. */
export function input({ inputs }: Recorded, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], inputs);
}

function valueOf(output: unknown): Promise<unknown> {
  return pulumi.Output.isInstance(output) ? new Promise((resolve) => output.apply(resolve)) : Promise.resolve(output);
}
