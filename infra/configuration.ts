import { brokenRules } from './rules.ts';
import { STACK_SETTINGS, type StackSetting, type StackValues } from './settings.ts';

/** What a stack is told. Durations are microseconds. */
export type StackConfiguration = StackValues & { readonly location: string };

/** A configuration that can't be deployed. `faults` names everything that is wrong. */
export class StackFault extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The stack's configuration has faults:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    this.name = 'StackFault';
    this.faults = faults;
  }
}

/** Namespaces in which an unknown key is a misspelt one. `gcp` is the provider's own, and holds more than we read. */
const OUR_NAMESPACE = 'payments:';

/**
 * Reads a stack's configuration: `given` is every key with its namespace, as Pulumi hands them over, `secret` are the keys that were set
 * with `--secret`. An empty value counts as not set. Throws StackFault with every fault at once: values out of range, unknown keys, secrets,
 * rules that tie settings together.
 */
export function readStackConfiguration(given: Readonly<Record<string, string>>, secret: readonly string[] = []): StackConfiguration {
  const faults = secretSettings(secret);
  const values: Partial<Record<keyof StackValues, unknown>> = {};
  const unreadable = new Set<keyof StackValues>();
  for (const [name, setting] of Object.entries(STACK_SETTINGS) as [keyof StackValues, StackSetting<unknown>][]) {
    const read = readOne(setting, given[setting.key]);
    values[name] = read.value;
    if (read.fault === null) continue;
    faults.push(read.fault);
    unreadable.add(name);
  }
  faults.push(...unknownKeys(given), ...brokenRules(values as StackValues, unreadable));
  if (faults.length > 0) throw new StackFault(faults);
  const read = values as StackValues;
  return { ...read, location: read.location ?? read.region };
}

/** No setting is a secret: all become names, labels and variables, and stand in the state in clear text. */
function secretSettings(secret: readonly string[]): string[] {
  return Object.values(STACK_SETTINGS)
    .filter(({ key }) => secret.includes(key))
    .map(({ key }) => `${key} must not be a secret, since it would stand in the state in clear text: set it again with --plaintext`);
}

function readOne({ key, form, standard }: StackSetting<unknown>, given: string | undefined): { readonly value: unknown; readonly fault: string | null } {
  const text = given || standard;
  if (text === null) return { value: null, fault: null };
  if (text === undefined) return { value: null, fault: `${key} must be set: ${form.says}` };
  const value = form.read(text);
  return { value, fault: value === null ? `${key} must be ${form.says}` : null };
}

function unknownKeys(given: Readonly<Record<string, string>>): string[] {
  const known = new Set<string>(Object.values(STACK_SETTINGS).map(({ key }) => key));
  return Object.keys(given)
    .filter((key) => key.startsWith(OUR_NAMESPACE) && !known.has(key))
    .map((key) => `${key} is no setting of this program: docs/deploy.md has all of them`);
}
