import { delimiter, dirname } from 'node:path';
import type { Configuration } from '../../../functions/deployed/configuration.ts';
import { FUNCTION_VARIABLES, type FunctionName } from '../../../functions/deployed/function-variables.ts';
import { VARIABLES } from '../../../functions/deployed/variables.ts';
import { serviceName } from '../../../infra/names.ts';

/** Our Node before all others, and nothing that is installed in the repository. */
export const NODE_FIRST = [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))].join(delimiter);

const EMULATORS = {
  BIGQUERY_EMULATOR_HOST: process.env.BIGQUERY_EMULATOR_HOST,
  FIRESTORE_EMULATOR_HOST: process.env.FIRESTORE_EMULATOR_HOST,
  PUBSUB_EMULATOR_HOST: process.env.PUBSUB_EMULATOR_HOST,
  METADATA_SERVER_DETECTION: 'none', // else Google's library asks this machine whether it is one of theirs
};

/** All that an instance of one function is given: what the platform sets, the configuration that this function reads, and the emulators. */
export function bareEnvironment(name: FunctionName, configuration: { readonly [Key in keyof Configuration]?: string }): Record<string, string | undefined> {
  const read: readonly (keyof Configuration)[] = FUNCTION_VARIABLES[name];
  return {
    PATH: NODE_FIRST, HOME: '/nowhere', NODE_ENV: 'production',
    FUNCTION_TARGET: name, FUNCTION_SIGNATURE_TYPE: 'http', K_SERVICE: serviceName(name), K_REVISION: `${serviceName(name)}-00001`,
    ...Object.fromEntries(read.flatMap((key) => (configuration[key] === undefined ? [] : [[VARIABLES[key].variable, configuration[key]]]))),
    ...EMULATORS,
  };
}
