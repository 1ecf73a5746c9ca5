import { isDeepStrictEqual } from 'node:util';
import { answer, made } from '../infra/google-answers.ts';
import { type Difference, differences } from './difference.ts';
import { isForced } from './forced-replacements.ts';
import { type Properties, UNKNOWN } from './protocol.ts';
import { type Named, short } from './urn.ts';

/** What Google changes by itself when an input changes. */
const RENEWED: Readonly<Record<string, { readonly output: string; readonly by: string }>> = {
  'gcp:storage/bucketObject:BucketObject': { output: 'generation', by: 'source' },
};

/** What the engine has a provider do. */
export type Verb = 'create' | 'read' | 'update' | 'delete';

export interface Change extends Difference {
  readonly replaces: boolean;
}

/** Google, as far as the engine sees it through its provider: it takes every resource as asked for, and gives it back. */
export class FakeGoogle {
  #resources = new Map<string, Properties>();
  #calls: [Verb, string][] = [];
  #kept = new Set<string>();

  /** What was really done, in order: `Topic payments`. Previews don't count. */
  calls(verb: Verb): string[] {
    return this.#calls.filter(([done]) => done === verb).map(([, resource]) => resource);
  }

  /** How many resources there are. */
  get size(): number {
    return this.#resources.size;
  }

  /** Remembers what there is; what it returns puts it back, and forgets what was done. */
  remember(): () => void {
    const resources = new Map(this.#resources);
    return () => {
      this.#resources = new Map(resources);
      this.#calls = [];
    };
  }

  /** A resource as it is. Throws where there is none. */
  state(type: string, id: string): Properties {
    const state = this.#resources.get(keyOf(type, id));
    if (!state) throw new Error(`404: there is no ${type} ${id}`);
    return state;
  }

  /** Changes a resource as somebody in the console would, or takes it away with null. Throws where there is none. */
  changeBehind(type: string, id: string, change: ((state: Properties) => Properties) | null): void {
    const state = this.state(type, id);
    if (change === null) this.#resources.delete(keyOf(type, id));
    else this.#resources.set(keyOf(type, id), change(state));
  }

  /** From now on refuses to delete a resource, as where something else uses it; what it returns ends that. */
  refuseToDelete(type: string, id: string): () => void {
    this.#kept.add(keyOf(type, id));
    return () => this.#kept.delete(keyOf(type, id));
  }

  create(resource: Named, inputs: Properties, preview: boolean): { readonly id: string; readonly state: Properties } {
    const { type, name } = resource;
    const { id, state } = made(type, name, inputs);
    if (preview) return { id: '', state: { ...Object.fromEntries(Object.keys(state).map((key) => [key, UNKNOWN])), ...inputs } };
    if (this.#resources.has(keyOf(type, id))) throw new Error(`409: there is a ${type} ${id} already`);
    this.#calls.push(['create', short(resource)]);
    this.#resources.set(keyOf(type, id), state);
    return { id, state };
  }

  /** Null where it is gone. */
  read(resource: Named, id: string): Properties | null {
    this.#calls.push(['read', short(resource)]);
    return this.#resources.get(keyOf(resource.type, id)) ?? null;
  }

  diff({ type }: Named, olds: Properties, news: Properties): Change[] {
    return differences(olds, news).map((one) => ({ ...one, replaces: isForced(type, /^\w+/.exec(one.path)![0]) }));
  }

  /** What Google fills in stays as it was, but for what an update renews. */
  update(resource: Named, id: string, olds: Properties, news: Properties, preview: boolean): Properties {
    const { type, name } = resource;
    const renewed = RENEWED[type];
    const isRenewed = renewed !== undefined && !isDeepStrictEqual(olds[renewed.by], news[renewed.by]);
    const state: Record<string, unknown> = { ...news };
    for (const key of Object.keys(made(type, name, news).state)) if (!(key in news)) state[key] = olds[key];
    if (isRenewed) state[renewed.output] = preview ? UNKNOWN : Number(olds[renewed.output]) + 1;
    if (preview) return state;
    this.state(type, id);
    this.#calls.push(['update', short(resource)]);
    this.#resources.set(keyOf(type, id), state);
    return state;
  }

  delete(resource: Named, id: string): void {
    this.state(resource.type, id);
    if (this.#kept.has(keyOf(resource.type, id))) throw new Error(`409: ${short(resource)} is in use`);
    this.#calls.push(['delete', short(resource)]);
    this.#resources.delete(keyOf(resource.type, id));
  }

  invoke(token: string): Properties {
    return answer(token);
  }
}

function keyOf(type: string, id: string): string {
  return `${type} ${id}`;
}
