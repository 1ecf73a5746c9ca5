import { expect, test } from 'vitest';
import { configurationIn, recordStack } from './recorded-stack.ts';

/** Ways back through the dependencies that Pulumi's engine walks in a few seconds. */
const WALKED = 5_000_000;

/**
 * Where a resource can't be deleted, the engine (3.250.0 at least) looks for everything that it depends on, and walks every way there, not
 * every resource: `markAsDependency` in pkg/resource/graph. With too many, a `pulumi destroy` that is refused doesn't end.
 */
test.each([
  ['dev', configurationIn('Pulumi.dev.yaml')],
  ['prod', configurationIn('Pulumi.prod.yaml')],
  ['prod with a key', { ...configurationIn('Pulumi.prod.yaml'), 'payments:customer_managed_keys': 'true' }],
])('%s: Pulumi can walk every way that leads back from a resource', async (_name, given) => {
  const { resources } = await recordStack(given);
  const after = new Map(resources.map((one) => [one.urn, one.after]));
  const known = new Map<string, number>();
  const ways = (urn: string): number => {
    const count = known.get(urn) ?? 1 + (after.get(urn) ?? []).reduce((sum, next) => sum + ways(next), 0);
    known.set(urn, count);
    return count;
  };
  const counts = resources.map(({ urn }) => ways(urn));
  expect(Math.max(...counts)).toBeGreaterThan(1_000);
  expect(resources.filter(({ urn }) => ways(urn) > WALKED).map(({ urn }) => `${urn}: ${ways(urn)}`)).toEqual([]);
});
