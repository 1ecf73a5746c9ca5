import { setTimer } from '../adapters/google/with-deadline.ts';
import { type Configuration, readConfiguration } from '../deployed/configuration.ts';
import { type ConfigurationOf, FUNCTION_VARIABLES, type FunctionName } from '../deployed/function-variables.ts';
import { type Platform, serve, type ServedFunction, type Work } from '../deployed/serve.ts';
import { platformFor } from './platform.ts';
import { takeSignals } from './take-signals.ts';

/** What is particular to one function: its work, and what is to be done before the instance ends. */
export interface Made {
  readonly work: Work;
  readonly finish?: () => Promise<void>;
}

/**
 * A function as it is exported. It is made once: when the instance starts, where the platform says that this is the function to run, so
 * that a faulty configuration stops a deployment before a message is lost to it; else at the first request.
 */
export function deployedFunction<Name extends FunctionName>(name: Name, make: (configuration: ConfigurationOf<Name>, platform: Platform) => Made): ServedFunction {
  let made = process.env.FUNCTION_TARGET === name ? build(name, make) : null;
  let signalsTaken = false;
  return async (request, response) => {
    made ??= build(name, make);
    if (!signalsTaken) takeSignals(process, made.finish, setTimer); // by now the framework has set its own
    signalsTaken = true;
    await made.serve(request, response);
  };
}

function build<Name extends FunctionName>(name: Name, make: (configuration: ConfigurationOf<Name>, platform: Platform) => Made) {
  const names: readonly (keyof Configuration)[] = FUNCTION_VARIABLES[name];
  const configuration = readConfiguration(process.env, names);
  const platform = platformFor(name, configuration);
  const { work, finish } = make(configuration as ConfigurationOf<Name>, platform);
  return {
    serve: serve(platform, work),
    finish: async () => {
      platform.log.write('NOTICE', 'instance ends');
      await platform.inHand.finish();
      await finish?.();
    },
  };
}
