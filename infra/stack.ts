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
import { Jobs } from './jobs.ts';
import { Keys } from './keys.ts';
import { AlertPolicies } from './monitoring/alert-policies.ts';
import { Budget } from './monitoring/budget.ts';
import { Dashboard } from './monitoring/dashboard.ts';
import { LogMetrics } from './monitoring/metrics.ts';
import { Objective } from './monitoring/objective.ts';
import { RequestLogs } from './monitoring/request-logs.ts';
import { type Outputs, outputsOf } from './outputs.ts';
import { Packages } from './packages.ts';
import { PostingHead } from './posting-head.ts';
import { Reports } from './reports.ts';
import { Roles } from './roles.ts';
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

  const apis = new Apis(context).all;
  const agents = new Agents(context, apis);
  const accounts = new Accounts(context, apis);
  const roles = new Roles(context, apis).all;

  const keys = configuration.customer_managed_keys ? new Keys(context, apis) : null;
  const keyed = [...apis, ...new Granted(context, 'keys', grants.keys, { agents, keys }, apis).all];
  const key = keys?.key ?? null;

  const topics = new Topics(context, key, keyed);
  const claims = new ClaimsDatabase(context, apis);
  const datasets = new Datasets(context, key, keyed);
  const tables = new Tables(context, datasets);
  const head = new PostingHead(context, tables);
  const finance = new FinanceViews(context, datasets, tables);
  const reports = new Reports(context, key, keyed);
  const books = [...Object.values(tables.tables), ...tables.views, ...finance.views, datasets.payments, datasets.scratch, datasets.finance];

  const packages = new Packages(context, folder, apis);
  const built = new Granted(context, 'build', grants.build, { agents, packages }, [...accounts.all(), packages.bucket, packages.repository]).all;
  const stores = [...accounts.all(), ...roles, ...books, ...topics.all(), claims.database, reports.bucket];
  const running = new Granted(context, 'run', grants.run, { agents }, stores).all;
  const functions = new Functions(context, accounts, packages, [...built, ...running]);
  const called = new Granted(context, 'call', grants.call, { agents }, [...functions.all(), ...accounts.all()]).all;

  const archived = new Granted(context, 'archive', grants.archive, { agents }, books).all;
  const archive = new Archive(context, topics, [...archived]);
  const subscriptions = new Subscriptions(context, topics, { pushed: called });
  const consumed = [archive.subscription, ...subscriptions.all()];
  const dead = new Granted(context, 'dead_letters', grants.dead_letters, { agents }, consumed).all;
  new Jobs(context, [...called, ...running, head.seeding]);
  new Granted(context, 'people', grants.people, { agents }, [...stores, ...consumed]);
  new Granted(context, 'publish', grants.publish, { agents }, [...consumed, ...dead]);

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
