/** A resource as the engine names it: both parts of its URN. https://www.pulumi.com/docs/iac/concepts/resources/names/#urns */
export interface Named {
  /** `gcp:pubsub/topic:Topic`. */
  readonly type: string;
  readonly name: string;
}

/** Reads a URN: `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`. A name may hold anything. */
export function named(urn: string): Named {
  const [, , types, ...name] = urn.slice('urn:pulumi:'.length).split('::');
  return { type: types.split('$').at(-1)!, name: name.join('::') };
}

/** A resource in short: `Topic payments`. */
export function short({ type, name }: Named): string {
  return `${type.split(':').at(-1)} ${name}`;
}
