import { configurationIn, type RecordedStack, recordStack } from './recorded-stack.ts';

/** The stacks that every rule is asked of: as cheap as it gets, protected, and protected with a key of its own. */
export const STACKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  dev: configurationIn('Pulumi.dev.yaml'),
  prod: configurationIn('Pulumi.prod.yaml'),
  'prod with a key': { ...configurationIn('Pulumi.prod.yaml'), 'payments:customer_managed_keys': 'true' },
};

/** Registers each, one after the other: the program's runtime is one a process. */
export async function recordStacks(): Promise<Readonly<Record<string, RecordedStack>>> {
  const recorded: Record<string, RecordedStack> = {};
  for (const [name, given] of Object.entries(STACKS)) recorded[name] = await recordStack(given);
  return recorded;
}
