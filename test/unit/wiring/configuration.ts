import { type Configuration, readConfiguration } from '../../../functions/deployed/configuration.ts';
import { FUNCTION_VARIABLES, type ConfigurationOf, type FunctionName } from '../../../functions/deployed/function-variables.ts';
import { AUDIENCE, CALLER } from '../../support/token-issuer.ts';

/** Every variable that must be set, as a stack sets it. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  PAYMENTS_PROJECT: 'trial', PAYMENTS_LOCATION: 'EU', PAYMENTS_CALLER: CALLER, PAYMENTS_AUDIENCE: AUDIENCE,
  PAYMENTS_SUBSCRIPTION: 'projects/trial/subscriptions/payments', PAYMENTS_REDRIVE_SUBSCRIPTION: 'projects/trial/subscriptions/redrive',
  PAYMENTS_DEAD_LETTER_SUBSCRIPTION: 'projects/trial/subscriptions/dead-letters', PAYMENTS_REPORTS_BUCKET: 'trial-reports',
  PAYMENTS_ARCHIVE_SUBSCRIPTION: 'projects/trial/subscriptions/archive', PAYMENTS_REDRIVE_TOPIC: 'projects/trial/topics/redrive', PAYMENTS_JOBS: 'post-ledger', PAYMENTS_JOBS_LOCATION: 'europe-west1',
};

/** What a function is told there. */
export function configurationOf<Name extends FunctionName>(name: Name): ConfigurationOf<Name> {
  const names: readonly (keyof Configuration)[] = FUNCTION_VARIABLES[name];
  return readConfiguration(ENVIRONMENT, names) as ConfigurationOf<Name>;
}
