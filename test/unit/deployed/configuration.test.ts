import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../functions/config.ts';
import { type Configuration, ConfigurationFault, readConfiguration } from '../../../functions/deployed/configuration.ts';
import { FUNCTION_NAMES, FUNCTION_VARIABLES, type FunctionName } from '../../../functions/deployed/function-variables.ts';
import { SETTING_NAMES, VARIABLES } from '../../../functions/deployed/variables.ts';

type Name = keyof Configuration;
const MINUTE = 60_000_000;
const NAMES = Object.keys(VARIABLES) as Name[];

function read(name: Name, text: string | undefined): unknown {
  return readConfiguration({ [VARIABLES[name].variable]: text, PAYMENTS_PRODUCER: 'shop' }, [name, 'producer'])[name];
}

function faultsOf(environment: Record<string, string>, names: readonly Name[]): readonly string[] {
  try {
    readConfiguration(environment, names);
    return [];
  } catch (error) {
    return (error as ConfigurationFault).faults;
  }
}

const good: [Name, string | undefined, unknown][] = [
  ['project', 'my-project-1', 'my-project-1'],
  ['project', 'example.com:my-project', 'example.com:my-project'],
  ['location', 'EU', 'EU'],
  ['location', 'europe-west1', 'europe-west1'],
  ['dataset', undefined, 'payments'],
  ['dataset', '', 'payments'],
  ['dataset', 'books_2', 'books_2'],
  ['claims_database', undefined, '(default)'],
  ['claims_database', 'claims-eu', 'claims-eu'],
  ['subscription', 'projects/p-1/subscriptions/payments-push', 'projects/p-1/subscriptions/payments-push'],
  ['redrive_topic', 'projects/p-1/topics/redrive', 'projects/p-1/topics/redrive'],
  ['reports_bucket', 'p-1-reports', 'p-1-reports'],
  ['jobs', 'post-ledger, sweep-late', ['post-ledger', 'sweep-late']],
  ['caller', 'push@p-1.iam.gserviceaccount.com', 'push@p-1.iam.gserviceaccount.com'],
  ['audience', 'https://process-payment.a.run.app', 'https://process-payment.a.run.app'],
  ['token_keys_url', undefined, 'https://www.googleapis.com/oauth2/v1/certs'],
  ['token_signature', undefined, 'verified'],
  ['token_signature', 'removed_by_platform', 'removed_by_platform'],
  ['settle', undefined, MINUTE],
  ['settle', '0s', 0],
  ['reconcile_days', undefined, 1],
  ['reconcile_days', '400', 400],
  ['request_timeout', undefined, MINUTE],
  ['request_timeout', '30m', 30 * MINUTE],
  ['watermark', undefined, DEFAULT_SETTINGS.watermark],
  ['watermark', '2h', 120 * MINUTE],
  ['identity_scope', undefined, 'transaction_id'],
  ['identity_scope', 'producer+transaction_id', 'producer+transaction_id'],
];

const bad: [Name, string | undefined][] = [
  ['project', undefined], ['project', 'P'], ['project', 'a`b'], ['project', 'a/b'],
  ['location', undefined], ['location', 'E U'],
  ['dataset', 'a-b'], ['dataset', 'a.b'], ['dataset', 'a`; DROP'], ['scratch_dataset', 'ä'],
  ['claims_database', 'X'], ['claims_collection', 'a/b'], ['claims_collection', '__all__'], ['claims_collection', '..'],
  ['subscription', 'payments-push'], ['subscription', 'projects/p-1/topics/payments'], ['redrive_topic', 'projects/p-1/subscriptions/x'],
  ['reports_bucket', 'gs://bucket'], ['reports_bucket', 'A'],
  ['jobs', 'a,,b'], ['jobs', ''], ['jobs', 'projects/p/jobs/a'],
  ['caller', 'push'], ['caller', 'a@b,c@d'], ['audience', 'a b'], ['token_keys_url', 'ftp://x'], ['token_signature', 'off'],
  ['settle', '2h'], ['settle', '60'], ['settle', '-1s'], ['reconcile_days', '0'], ['reconcile_days', '401'], ['reconcile_days', '1.5'],
  ['request_timeout', '4s'], ['request_timeout', '2h'], ['watermark', '59s'], ['watermark', '1'], ['identity_scope', 'neither'],
];

describe('a variable', () => {
  test.each(good)('%s given as %j is %j', (name, text, value) => expect(read(name, text)).toEqual(value));
  test.each(bad)('%s given as %j is a fault, which shows nothing of it', (name, text) => {
    const faults = faultsOf({ [VARIABLES[name].variable]: text ?? '' }, [name]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${VARIABLES[name].variable} must be `));
    if (text && text.length > 3) expect(faults[0]).not.toContain(text);
  });
});

test('all faults are told at once', () => {
  expect(faultsOf({ PAYMENTS_SETTLE: 'x' }, ['project', 'settle', 'dataset', 'caller']).map((fault) => fault.split(' ')[0])).toEqual(['PAYMENTS_PROJECT', 'PAYMENTS_SETTLE', 'PAYMENTS_CALLER']);
});

test('a scope with the producer needs one', () => {
  expect(faultsOf({ PAYMENTS_IDENTITY_SCOPE: 'producer+transaction_id' }, ['identity_scope', 'producer'])).toEqual([expect.stringContaining('PAYMENTS_PRODUCER must be set')]);
  expect(faultsOf({ PAYMENTS_IDENTITY_SCOPE: 'producer+transaction_id', PAYMENTS_PRODUCER: 'shop' }, ['identity_scope', 'producer'])).toEqual([]);
});

test('every standard is one that its own form takes', () => {
  for (const name of NAMES) {
    const { standard, form } = VARIABLES[name] as { standard?: string | null; form: { read(text: string): unknown } };
    if (standard) expect(form.read(standard), name).not.toBeNull();
  }
});

describe('what functions read', () => {
  test.each(FUNCTION_NAMES)('%s reads each variable once', (name: FunctionName) => expect(new Set(FUNCTION_VARIABLES[name]).size).toBe(FUNCTION_VARIABLES[name].length));

  test('is every variable that there is', () => {
    const readBySome = new Set<string>(FUNCTION_NAMES.flatMap((name) => [...FUNCTION_VARIABLES[name]]));
    expect(NAMES.filter((name) => !readBySome.has(name))).toEqual([]);
  });

  test.each(FUNCTION_NAMES.filter((name) => name !== 'publishReport'))('%s reads every setting of the protocol', (name: FunctionName) => {
    expect(SETTING_NAMES.filter((setting) => !(FUNCTION_VARIABLES[name] as readonly string[]).includes(setting))).toEqual([]);
  });
});
