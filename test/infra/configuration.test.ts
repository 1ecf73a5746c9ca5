import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../functions/payment/time.ts';
import { readStackConfiguration, StackFault } from '../../infra/configuration.ts';
import { STACK_SETTINGS, type StackSetting } from '../../infra/settings.ts';
import { configurationIn } from './recorded-stack.ts';

/** The least that must be said. */
const LEAST = { 'gcp:project': 'my-payments', 'gcp:region': 'europe-west1', 'payments:protected': 'false' };

function faultsOf(given: Record<string, string>): readonly string[] {
  try {
    readStackConfiguration(given);
    return [];
  } catch (error) {
    if (error instanceof StackFault) return error.faults;
    throw error;
  }
}

test('three settings are enough; the rest has standards, the protocol\'s those of the functions', () => {
  const read = readStackConfiguration(LEAST);
  expect(read).toMatchObject({ ...DEFAULT_SETTINGS, project: 'my-payments', location: 'europe-west1', protected: false, push_timeout: 60 * MICROS_PER_SECOND, ack_deadline: 90 * MICROS_PER_SECOND, delivery_attempts: 20 });
  expect(read).toMatchObject({ outage: 2 * MICROS_PER_HOUR, message_retention: 7 * MICROS_PER_DAY, claims_database: 'payments-claims', producers: null, customer_managed_keys: false });
});

describe('a value out of its range is named with what it must be', () => {
  const cases: [string, string, string][] = [
    ['gcp:project', 'No', 'a project id'],
    ['gcp:region', 'EU', 'a region'],
    ['payments:protected', 'yes', 'true or false'],
    ['payments:watermark', '1', 'a duration from 1m to 30d'],
    ['payments:watermark', '31d', 'a duration from 1m to 30d'],
    ['payments:ack_deadline', '601s', 'a duration from 10s to 10m'],
    ['payments:push_timeout', '9s', 'a duration from 10s to 10m'],
    ['payments:retry_maximum', '601s', 'a duration from 1s to 10m'],
    ['payments:delivery_attempts', '4', 'a whole number from 5 to 100'],
    ['payments:delivery_attempts', '101', 'a whole number from 5 to 100'],
    ['payments:message_retention', '32d', 'a duration from 1d to 31d'],
    ['payments:job_timeout', '31m', 'a duration from 1m to 30m'],
    ['payments:ledger_rows', '1e9', 'a whole number of at most 12 digits'],
    ['payments:concurrency', '0', 'a whole number from 1 to 1000'],
    ['payments:memory', '256Mi', 'one of'],
    ['payments:identity_scope', 'producer', 'one of'],
    ['payments:producers', 'allUsers', 'members such as'],
    ['payments:producers', 'group:a@example.com,allAuthenticatedUsers', 'members such as'],
    ['payments:operators', 'domain:example.com', 'members such as'],
    ['payments:finance_readers', 'user:a', 'members such as'],
    ['payments:alert_emails', 'nobody', 'e-mail addresses'],
    ['payments:billing_account', '12', 'an id such as'],
    ['payments:claims_database', 'A', 'a database id'],
  ];
  test.each(cases)('%s: %s', (key, value, must) => {
    const faults = faultsOf({ ...LEAST, [key]: value });
    expect(faults.filter((fault) => fault.startsWith(`${key} must be ${must}`))).toHaveLength(1);
  });
});

test('all faults are told at once', () => {
  const faults = faultsOf({ 'gcp:region': 'nowhere', 'payments:ack_deadlin': '90s', 'payments:watermark': 'soon', 'payments:outage': '14h', 'payments:monthly_budget': '5' });
  expect(faults).toEqual([
    'gcp:project must be set: a project id',
    'gcp:region must be a region, such as europe-west1',
    'payments:protected must be set: true or false',
    expect.stringMatching(/^payments:watermark must be a duration/),
    'payments:ack_deadlin is no setting of this program: docs/deploy.md has all of them',
    expect.stringMatching(/^payments:outage \(14h\) is longer/),
    expect.stringMatching(/^payments:billing_account and payments:monthly_budget/),
  ]);
});

test('a setting that is a secret is refused, the provider\'s own are not', () => {
  const given = { ...LEAST, 'payments:alert_emails': 'a@example.com', 'gcp:credentials': 'x' };
  expect(() => readStackConfiguration(given, ['gcp:credentials'])).not.toThrow();
  expect(() => readStackConfiguration(given, ['payments:alert_emails', 'gcp:credentials', 'gcp:project'])).toThrow(
    expect.objectContaining({ faults: [expect.stringMatching(/^gcp:project must not be a secret/), expect.stringMatching(/^payments:alert_emails must not be a secret/)] }),
  );
});

test('an empty value counts as not set, and the provider\'s own keys are left alone', () => {
  expect(readStackConfiguration({ ...LEAST, 'payments:producers': '', 'gcp:zone': 'x', 'pulumi:tags': 'x' }).producers).toBeNull();
});

test.each(['Pulumi.dev.yaml', 'Pulumi.prod.yaml'])('%s has no fault', (file) => {
  expect(Object.keys(configurationIn(file)).length).toBeGreaterThan(4);
  expect(faultsOf(configurationIn(file))).toEqual([]);
});

test('the one is cheap and deletable, the other protected', () => {
  expect(readStackConfiguration(configurationIn('Pulumi.dev.yaml')).protected).toBe(false);
  expect(readStackConfiguration(configurationIn('Pulumi.prod.yaml'))).toMatchObject({ protected: true, alert_emails: [expect.any(String)], monthly_budget: expect.any(Number) });
});

test('no text makes it throw anything but a StackFault', () => {
  const keys = Object.values(STACK_SETTINGS).map(({ key }) => key);
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys, 'payments:other'), fc.oneof(fc.string(), fc.constantFrom('1', '1h', 'true', '90s', '20'))), (given) => {
      expect(Array.isArray(faultsOf(given))).toBe(true);
    }),
  );
});

test('docs/deploy.md has every setting, with its range and its standard', () => {
  const page = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
  const rows = Object.values(STACK_SETTINGS).map((setting: StackSetting<unknown>) => {
    const standard = setting.standard === undefined ? 'must be set' : setting.standard === null ? '–' : `\`${setting.standard}\``;
    return `| \`${setting.key}\` | ${setting.says} | ${setting.form.says} | ${standard} |`;
  });
  const missing = rows.filter((row) => !page.includes(row));
  expect(missing, 'rows that the table of settings lacks').toEqual([]);
});
