import { expect } from 'vitest';
import { FUNCTION_NAMES } from '../../../functions/deployed/function-variables.ts';
import { serviceName } from '../../../infra/names.ts';
import { input, PROJECT_NUMBER } from '../recorded-stack.ts';
import type { StackRule } from './rule.ts';

/** Google's limits: https://cloud.google.com/resource-manager/docs/naming-conventions and each service's own page. */
const NAMES: readonly (readonly [string, string, RegExp])[] = [
  ['Account', 'accountId', /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/],
  ['Function', 'name', /^[a-z][a-z0-9-]{0,47}[a-z0-9]$/], // 49 for the service of Cloud Run
  ['Bucket', 'name', /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/],
  ['Dataset', 'datasetId', /^[A-Za-z0-9_]{1,1024}$/],
  ['Table', 'tableId', /^[A-Za-z0-9_]{1,1024}$/],
  ['Topic', 'name', /^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/],
  ['Subscription', 'name', /^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/],
  ['Database', 'name', /^[a-z][a-z0-9-]{2,61}[a-z0-9]$/],
  ['Metric', 'name', /^[A-Za-z0-9_.,+!*',()%/-]{1,100}$/],
  ['IAMCustomRole', 'roleId', /^[A-Za-z0-9_.]{3,64}$/],
  ['Repository', 'repositoryId', /^[a-z][a-z0-9-]{0,61}[a-z0-9]$/],
];

/** Values that are plain strings to the compiler, as the API's reference lists them. */
const WORDS: readonly (readonly [string, string, readonly unknown[]])[] = [
  ['Database', 'type', ['FIRESTORE_NATIVE']],
  ['Database', 'databaseEdition', ['STANDARD', 'ENTERPRISE']],
  ['Database', 'concurrencyMode', ['OPTIMISTIC', 'PESSIMISTIC']],
  ['Database', 'pointInTimeRecoveryEnablement', ['POINT_IN_TIME_RECOVERY_ENABLED', 'POINT_IN_TIME_RECOVERY_DISABLED']],
  ['Database', 'deleteProtectionState', ['DELETE_PROTECTION_ENABLED', 'DELETE_PROTECTION_DISABLED']],
  ['Database', 'deletionPolicy', ['DELETE', 'ABANDON', 'PREVENT']],
  ['Function', 'serviceConfig.ingressSettings', ['ALLOW_INTERNAL_ONLY', 'ALLOW_INTERNAL_AND_GCLB']],
  ['Function', 'buildConfig.runtime', ['nodejs22', 'nodejs24']],
  ['Function', 'serviceConfig.availableMemory', ['512Mi', '1Gi', '2Gi', '4Gi']],
  ['Bucket', 'publicAccessPrevention', ['enforced']],
  ['Repository', 'format', ['DOCKER']],
  ['Metric', 'metricDescriptor.metricKind', ['DELTA']],
  ['Metric', 'metricDescriptor.valueType', ['INT64', 'DISTRIBUTION']],
  ['AlertPolicy', 'severity', ['CRITICAL', 'ERROR', 'WARNING']],
  ['AlertPolicy', 'combiner', ['OR', 'AND', 'AND_WITH_MATCHING_RESOURCE']],
  ['IAMCustomRole', 'stage', ['GA', 'BETA', 'ALPHA']],
  ['NotificationChannel', 'type', ['email']],
  ['CryptoKey', 'purpose', ['ENCRYPT_DECRYPT']],
];
const ALERT_WORDS = ['ALIGN_MAX', 'ALIGN_DELTA', 'ALIGN_PERCENTILE_99', 'REDUCE_MAX', 'REDUCE_SUM', 'COMPARISON_GT'];

export const WORD_RULES: readonly StackRule[] = [
  {
    name: 'names are within Google\'s limits',
    check: (stack) => {
      for (const [type, field, pattern] of NAMES) for (const one of stack.of(type)) expect(String(one.inputs[field]), `${type} ${one.name}`).toMatch(pattern);
      for (const name of FUNCTION_NAMES) expect(`${serviceName(name)}-${PROJECT_NUMBER}`.length).toBeLessThanOrEqual(63); // else it has no address that is known beforehand
    },
  },
  {
    name: 'labels are of small letters, and are on everything that holds data',
    check: (stack) => {
      for (const one of stack.resources.filter(({ type }) => !/otificationChannel/.test(type))) for (const [key, value] of Object.entries((one.inputs.labels ?? {}) as Record<string, string>)) expect(`${key}=${value}`).toMatch(/^[a-z][a-z0-9_-]{0,62}=[a-z0-9_-]{0,63}$/);
      for (const type of ['Topic', 'Subscription', 'Dataset', 'Bucket', 'Function']) for (const one of stack.of(type)) expect(one.inputs.labels, one.name).toMatchObject({ app: 'payments', 'managed-by': 'pulumi' });
    },
  },
  {
    name: 'words that no compiler checks are those that Google knows',
    check: (stack) => {
      for (const [type, path, known] of WORDS) for (const one of stack.of(type)) expect(known, `${type} ${one.name} ${path}`).toContain(input(one, path));
      for (const text of JSON.stringify(stack.of('AlertPolicy')).matchAll(/"(perSeriesAligner|crossSeriesReducer|comparison)":"([^"]+)"/g)) expect(ALERT_WORDS).toContain(text[2]);
    },
  },
];
