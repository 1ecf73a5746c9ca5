import * as gcp from '@pulumi/gcp';
import { Accounts } from './accounts.ts';
import { Agents } from './agents.ts';
import { Apis } from './apis.ts';
import { Archive } from './archive.ts';
import { ClaimsDatabase } from './claims-database.ts';
import type { StackConfiguration } from './configuration.ts';
import type { Context } from './context.ts';
import { Datasets } from './datasets.ts';
import { FinanceViews } from './finance-views.ts';
import { Functions } from './functions.ts';
import { grantsOf } from './grants.ts';
import { Granted } from './grant-resources.ts';
import { Heads } from './heads.ts';
import { Jobs } from './jobs.ts';
import { Keys } from './keys.ts';
import { AlertPolicies } from './monitoring/alert-policies.ts';
import { Budget } from './monitoring/budget.ts';
import { Dashboard } from './monitoring/dashboard.ts';
import { LogMetrics } from './monitoring/metrics.ts';
import { Objective } from './monitoring/objective.ts';
import { RequestLogs } from './monitoring/request-logs.ts';
import { bucketName, SUBSCRIPTIONS } from './names.ts';
import { type Outputs, outputsOf } from './outputs.ts';
import { Packages } from './packages.ts';
import { Reports } from './reports.ts';
import { Roles } from './roles.ts';
import { Standing } from './standing.ts';
import { Subscriptions } from './subscriptions.ts';
import { Tables } from './tables.ts';
import { Topics } from './topics.ts';

/** What a stack is made of beside its configuration. */
export interface Place {
  /** The stack's name, as a label. */
  readonly stack: string;
  /** Where `npm run build` put the functions, relative to where the program runs. */
  readonly packages: string;
}

/**
 * Everything, in the order in which it must be there: APIs, keys, what holds data, functions, who may call them, then what pushes and
 * schedules, and last of all who may publish.
 */
export function defineStack(configuration: StackConfiguration, { stack, packages: folder }: Place): Outputs {
  const { number } = gcp.organizations.getProjectOutput({ projectId: configuration.project });
  const context: Context = { configuration, labels: labelsOf(stack), project_number: number };
  const grants = grantsOf(configuration);
  const standing = new Standing();

  const apis = new Apis(context).all;
  const agents = new Agents(context, apis);
  const accounts = new Accounts(context, apis);
  const roles = new Roles(context, apis);
  standing.add('account', accounts.byId());
  standing.add('role', roles.byId);

  const keys = configuration.customer_managed_keys ? new Keys(context, apis) : null;
  if (keys) standing.add('key', { '': keys.key });
  const keyed = [...apis, ...new Granted(context, 'keys', grants.keys, { agents, keys, standing }).all];
  const key = keys?.key ?? null;

  const topics = new Topics(context, key, keyed);
  const claims = new ClaimsDatabase(context, apis);
  const datasets = new Datasets(context, key, keyed);
  const tables = new Tables(context, datasets);
  const heads = new Heads(context, tables);
  new FinanceViews(context, datasets, tables);
  const reports = new Reports(context, key, keyed);
  const packages = new Packages(context, folder, apis);
  standing.add('topic', topics.byName());
  standing.add('project', { claims_database: claims.database });
  for (const [on, dataset] of [['books', datasets.payments], ['scratch', datasets.scratch], ['finance', datasets.finance]] as const) standing.add(on, { '': dataset });
  standing.add('table', { ...tables.tables, ...tables.views });
  standing.add('bucket', { [bucketName('reports', configuration.project)]: reports.bucket, [bucketName('functions', configuration.project)]: packages.bucket });
  standing.add('repository', { '': packages.repository });

  const built = new Granted(context, 'build', grants.build, { agents, packages, standing }).all;
  const running = new Granted(context, 'run', grants.run, { agents, standing }).all;
  const functions = new Functions(context, accounts, packages, [...built, ...running]);
  standing.add('service', functions.functions);
  const called = new Granted(context, 'call', grants.call, { agents, standing }).all;

  const archived = new Granted(context, 'archive', grants.archive, { agents, standing }).all;
  const archive = new Archive(context, topics, [...archived]);
  const subscriptions = new Subscriptions(context, topics, { pushed: called });
  const consumed = [archive.subscription, ...subscriptions.all()];
  standing.add('subscription', { [SUBSCRIPTIONS.archive]: archive.subscription, ...subscriptions.byName() });
  const dead = new Granted(context, 'dead_letters', grants.dead_letters, { agents, standing }).all;
  new Jobs(context, [...called, ...running, ...heads.seeding]);
  new Granted(context, 'people', grants.people, { agents, standing });
  new Granted(context, 'publish', grants.publish, { agents, standing }, [...consumed, ...dead]);

  const metrics = new LogMetrics(context, apis).all;
  const alerts = new AlertPolicies(context, [...apis, ...metrics]);
  const dashboard = new Dashboard(context, [...apis, ...metrics]);
  new Objective(context, [...apis, ...metrics]);
  new RequestLogs(context, apis);
  const { billing_account, monthly_budget } = configuration;
  if (billing_account !== null && monthly_budget !== null) new Budget(context, billing_account, monthly_budget, alerts.channels, apis);

  return outputsOf(context, { topics, reports, dashboard: dashboard.dashboard });
}

/** Labels may hold small letters, digits, _ and -. https://cloud.google.com/resource-manager/docs/labels-overview#requirements */
function labelsOf(stack: string): Context['labels'] {
  return { app: 'payments', stack: stack.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '-').slice(0, 63), 'managed-by': 'pulumi' };
}
