import { type Variable, VARIABLES } from './variables.ts';

/** Everything that deployed functions may be told, by name. Durations are microseconds. */
export type Configuration = { readonly [Name in keyof typeof VARIABLES]: (typeof VARIABLES)[Name] extends Variable<infer Value> ? Value : never };

/** A configuration that can't be used. `faults` names every variable that is wrong and what it must be, never what was found in it. */
export class ConfigurationFault extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The configuration has faults: ${faults.join('; ')}.`);
    this.name = 'ConfigurationFault';
    this.faults = faults;
  }
}

/**
 * The named part of the configuration, from environment variables (docs/operations.md). An empty variable counts as not set.
 * Throws ConfigurationFault with every fault at once.
 */
export function readConfiguration<Name extends keyof Configuration>(environment: Readonly<Record<string, string | undefined>>, names: readonly Name[]): Pick<Configuration, Name> {
  const faults: string[] = [];
  const found: Partial<Record<keyof Configuration, unknown>> = {};
  for (const name of names) {
    const { variable, form, standard } = VARIABLES[name] as Variable<unknown>;
    const given = environment[variable] || standard;
    found[name] = given === undefined || given === null ? null : form.read(given);
    if (given === undefined) faults.push(`${variable} must be set: ${form.says}`);
    else if (given !== null && found[name] === null) faults.push(`${variable} must be ${form.says}`);
  }
  if (found.identity_scope === 'producer+transaction_id' && !found.producer) faults.push('PAYMENTS_PRODUCER must be set where PAYMENTS_IDENTITY_SCOPE is producer+transaction_id: it is never taken from a message');
  if (faults.length > 0) throw new ConfigurationFault(faults);
  return found as Pick<Configuration, Name>;
}
