import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { FUNCTION_NAMES, type FunctionName } from '../functions/deployed/function-variables.ts';
import type { Accounts } from './accounts.ts';
import { type After, type Context, replaceable } from './context.ts';
import { environmentOf } from './environment.ts';
import { sizingOf } from './function-list.ts';
import { kebab, serviceAddress, serviceName } from './names.ts';
import type { Packages } from './packages.ts';

/** https://cloud.google.com/run/docs/runtimes/nodejs */
export const RUNTIME = 'nodejs24';

/** The deployed functions. Nobody reaches them from outside, and nobody may call one without a grant. */
export class Functions extends pulumi.ComponentResource {
  readonly functions: Readonly<Record<FunctionName, gcp.cloudfunctionsv2.Function>>;

  constructor(context: Context, accounts: Accounts, packages: Packages, after: After) {
    super('payments:gcp:Functions', 'functions');
    this.functions = Object.fromEntries(FUNCTION_NAMES.map((name) => [name, this.#one(context, name, accounts, packages, after)])) as Functions['functions'];
    this.registerOutputs();
  }

  #one({ configuration, labels, project_number }: Context, name: FunctionName, accounts: Accounts, packages: Packages, after: After): gcp.cloudfunctionsv2.Function {
    const { project, region } = configuration;
    const { timeout_seconds, concurrency, max_instances, min_instances, memory, cpu } = sizingOf(name, configuration);
    const object = packages.objects[name];
    return new gcp.cloudfunctionsv2.Function(
      kebab(name),
      {
        project, location: region, name: serviceName(name), labels: { ...labels },
        buildConfig: {
          runtime: RUNTIME,
          entryPoint: name,
          serviceAccount: accounts.others.build.name,
          dockerRepository: packages.repository.id,
          // Without the generation a changed package is uploaded and never deployed.
          source: { storageSource: { bucket: packages.bucket.name, object: object.name, generation: object.generation } },
        },
        serviceConfig: {
          serviceAccountEmail: accounts.functions[name].email,
          ingressSettings: 'ALLOW_INTERNAL_ONLY', // Pub/Sub and the scheduler of this project are inside
          allTrafficOnLatestRevision: true,
          timeoutSeconds: timeout_seconds,
          maxInstanceRequestConcurrency: concurrency,
          maxInstanceCount: max_instances,
          minInstanceCount: min_instances,
          availableMemory: memory,
          availableCpu: cpu,
          environmentVariables: project_number.apply((number) => environmentOf(name, configuration, serviceAddress(name, number, region))),
        },
      },
      replaceable(this, after),
    );
  }
}
