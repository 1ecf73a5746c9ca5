import type { Configuration } from '../functions/deployed/configuration.ts';
import { FUNCTION_VARIABLES, type FunctionName } from '../functions/deployed/function-variables.ts';
import { SETTING_NAMES, VARIABLES } from '../functions/deployed/variables.ts';
import { formatDuration, formatSetting } from '../functions/settings.ts';
import type { StackConfiguration } from './configuration.ts';
import { calledBy } from './function-list.ts';
import { accountEmail, ACCOUNTS, bucketName, CLAIMS_COLLECTION, DATASETS, JOBS, SUBSCRIPTIONS, subscriptionPath, TOPICS, topicPath } from './names.ts';
import { jobsWatched } from './schedule.ts';

/** The variables that a function reads, and no other. `audience` is its own address. Null where a variable is left to its standard. */
export function environmentOf(name: FunctionName, configuration: StackConfiguration, audience: string): Record<string, string> {
  const values = valuesFor(name, configuration, audience);
  const read: readonly (keyof Configuration)[] = FUNCTION_VARIABLES[name];
  return Object.fromEntries(read.flatMap((variable) => (values[variable] === null ? [] : [[VARIABLES[variable].variable, values[variable]]])));
}

function valuesFor(name: FunctionName, configuration: StackConfiguration, audience: string): Record<keyof Configuration, string | null> {
  const { project } = configuration;
  const caller = calledBy(name);
  const protocol = Object.fromEntries(SETTING_NAMES.map((setting) => [setting, formatSetting(configuration[setting]) || null])) as Record<(typeof SETTING_NAMES)[number], string | null>;
  return {
    ...protocol,
    project,
    location: configuration.location,
    dataset: DATASETS.payments,
    scratch_dataset: DATASETS.scratch,
    claims_database: configuration.claims_database,
    claims_collection: CLAIMS_COLLECTION,
    subscription: subscriptionPath(SUBSCRIPTIONS.process, project),
    redrive_subscription: subscriptionPath(SUBSCRIPTIONS.redrive, project),
    dead_letter_subscription: subscriptionPath(SUBSCRIPTIONS.keep, project),
    archive_subscription: subscriptionPath(SUBSCRIPTIONS.archive, project),
    redrive_topic: topicPath(TOPICS.redrive, project),
    reports_bucket: bucketName('reports', project),
    report_retention: configuration.protected ? formatDuration(configuration.report_retention) : null,
    jobs: jobsWatched(configuration)
      .map(({ name: job }) => JOBS[job])
      .join(','),
    jobs_location: configuration.region,
    caller: accountEmail(ACCOUNTS[caller], project),
    audience,
    token_keys_url: null,
    monitoring_url: null,
    scheduler_url: null,
    // Cloud Run verifies the token, since nobody may call without one, and takes its signature away.
    token_signature: 'removed_by_platform',
    settle: formatDuration(configuration.settle),
    reconcile_days: String(configuration.reconcile_days),
    request_timeout: formatDuration(caller === 'push' ? configuration.push_timeout : configuration.job_timeout),
  };
}
