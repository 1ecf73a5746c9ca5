import { describe, expect, test } from 'vitest';
import { readConfiguration } from '../../functions/deployed/configuration.ts';
import { FUNCTION_NAMES, FUNCTION_VARIABLES } from '../../functions/deployed/function-variables.ts';
import { VARIABLES } from '../../functions/deployed/variables.ts';
import { readStackConfiguration } from '../../infra/configuration.ts';
import { environmentOf } from '../../infra/environment.ts';
import { SETTING_NAMES } from '../../functions/deployed/variables.ts';
import { configurationIn } from './recorded-stack.ts';

const AUDIENCE = 'https://payments-reconcile-123456789012.europe-west1.run.app';
/** Everything away from its standard, so that a value that isn't handed on shows. */
const OTHER = {
  ...configurationIn('Pulumi.prod.yaml'),
  'payments:watermark': '2h', 'payments:claim_slack': '3h', 'payments:orphan_grace': '25h', 'payments:clock_skew_tolerance': '60s', 'payments:missing_after': '2h', 'payments:warning_age': '3d',
  'payments:identity_scope': 'producer+transaction_id', 'payments:producer': 'shop', 'payments:settle': '90s', 'payments:reconcile_days': '3', 'payments:location': 'EU', 'payments:claims_database': 'other-claims',
  'payments:push_timeout': '45s', 'payments:job_timeout': '20m',
};

describe.each(['Pulumi.dev.yaml', 'Pulumi.prod.yaml'])('%s', (file) => {
  test.each(FUNCTION_NAMES)('%s gets every variable that it reads, each in its form, and no other', (name) => {
    const given = environmentOf(name, readStackConfiguration(configurationIn(file)), AUDIENCE);
    expect(readConfiguration(given, FUNCTION_VARIABLES[name])).toMatchObject({ project: expect.stringMatching(/^my-payments-/), audience: AUDIENCE });
    const reads = FUNCTION_VARIABLES[name].map((variable) => VARIABLES[variable].variable);
    expect(Object.keys(given).filter((variable) => !reads.includes(variable))).toEqual([]);
    // Only what has a standard of its own may be left out.
    const left_out = FUNCTION_VARIABLES[name].filter((variable) => !(VARIABLES[variable].variable in given));
    expect(left_out.filter((variable) => !['token_keys_url', 'monitoring_url', 'scheduler_url', 'producer', 'report_retention'].includes(variable))).toEqual([]);
  });
});

test('the protocol\'s settings of the stack reach the functions as they are', () => {
  const configuration = readStackConfiguration(OTHER);
  for (const name of FUNCTION_NAMES.filter((one) => one !== 'publishReport')) {
    const read = readConfiguration(environmentOf(name, configuration, AUDIENCE), FUNCTION_VARIABLES[name]);
    expect(read).toMatchObject(Object.fromEntries(SETTING_NAMES.map((setting) => [setting, configuration[setting]])));
  }
});

test('so do places, time limits and callers', () => {
  const configuration = readStackConfiguration(OTHER);
  const read = (name: (typeof FUNCTION_NAMES)[number]) => environmentOf(name, configuration, AUDIENCE);
  expect(read('processPayment')).toMatchObject({
    PAYMENTS_REQUEST_TIMEOUT: '45s', PAYMENTS_CLAIMS_DATABASE: 'other-claims', PAYMENTS_CLAIMS_COLLECTION: 'claims', PAYMENTS_CALLER: 'payments-push@my-payments-prod.iam.gserviceaccount.com',
    PAYMENTS_SUBSCRIPTION: 'projects/my-payments-prod/subscriptions/payments-process', PAYMENTS_LOCATION: 'EU', PAYMENTS_DATASET: 'payments',
  });
  expect(read('reconcile')).toMatchObject({
    PAYMENTS_REQUEST_TIMEOUT: '20m', PAYMENTS_CALLER: 'payments-scheduler@my-payments-prod.iam.gserviceaccount.com', PAYMENTS_RECONCILE_DAYS: '3', PAYMENTS_JOBS: 'post-ledger,sweep-late,audit-unposted,publish-report', PAYMENTS_JOBS_LOCATION: 'europe-west1',
    PAYMENTS_ARCHIVE_SUBSCRIPTION: 'projects/my-payments-prod/subscriptions/payments-archive', PAYMENTS_REDRIVE_TOPIC: 'projects/my-payments-prod/topics/payments-redrive',
  });
  expect(read('publishReport')).toMatchObject({ PAYMENTS_REPORTS_BUCKET: 'my-payments-prod-payments-reports', PAYMENTS_REPORT_RETENTION: '400d' });
  expect(read('postLedger')).toMatchObject({ PAYMENTS_SETTLE: '90s', PAYMENTS_SCRATCH_DATASET: 'payments_scratch' });
});
