import type { FunctionName } from '../../../functions/deployed/function-variables.ts';
import { type RunningProcess, runProcess } from '../running-process.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
const FRAMEWORK = `${ROOT}node_modules/@google-cloud/functions-framework/build/src/main.js`;

/** Starts an instance of a function from its source under the Functions Framework, and returns when it answers. */
export function runFunction(name: FunctionName, environment: Readonly<Record<string, string>>): Promise<RunningProcess> {
  return runProcess([process.execPath, '--disable-warning=ExperimentalWarning', FRAMEWORK, `--target=${name}`, `--source=${ROOT}functions/index.ts`, '--signature-type=http'], {
    environment: { ...process.env, ...environment, FUNCTION_TARGET: name },
  });
}
