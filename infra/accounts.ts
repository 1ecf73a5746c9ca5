import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { FUNCTION_NAMES, type FunctionName } from '../functions/deployed/function-variables.ts';
import { type After, type Context, replaceable } from './context.ts';
import { type AccountName, ACCOUNTS, serviceName } from './names.ts';

/** A service account for each function, for each caller, and for builds; none has a key. */
export class Accounts extends pulumi.ComponentResource {
  readonly functions: Readonly<Record<FunctionName, gcp.serviceaccount.Account>>;
  readonly others: Readonly<Record<AccountName, gcp.serviceaccount.Account>>;

  constructor({ configuration }: Context, after: After) {
    super('payments:gcp:Accounts', 'accounts');
    const account = (accountId: string, displayName: string) => new gcp.serviceaccount.Account(accountId, { project: configuration.project, accountId, displayName }, replaceable(this, after));
    this.functions = Object.fromEntries(FUNCTION_NAMES.map((name) => [name, account(serviceName(name), `Payments: the function ${name}`)])) as Accounts['functions'];
    this.others = {
      push: account(ACCOUNTS.push, 'Payments: pushes messages to functions'),
      scheduler: account(ACCOUNTS.scheduler, 'Payments: runs the jobs'),
      build: account(ACCOUNTS.build, 'Payments: builds functions'),
    };
    this.registerOutputs();
  }

  /** All of them, by account id. */
  byId(): Record<string, gcp.serviceaccount.Account> {
    const functions = FUNCTION_NAMES.map((name) => [serviceName(name), this.functions[name]]);
    const others = Object.entries(ACCOUNTS).map(([name, accountId]) => [accountId, this.others[name as AccountName]]);
    return Object.fromEntries([...functions, ...others]);
  }
}
