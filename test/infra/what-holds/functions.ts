import { expect } from 'vitest';
import { FUNCTION_NAMES } from '../../../functions/deployed/function-variables.ts';
import { JOB_FUNCTIONS, PUSH_FUNCTIONS } from '../../../infra/function-list.ts';
import { kebab } from '../../../infra/names.ts';
import { input, type Recorded } from '../recorded-stack.ts';
import type { StackRule } from './rule.ts';

export const FUNCTION_RULES: readonly StackRule[] = [
  {
    name: 'functions are inside, have an account each, a limit of time, instances and concurrency',
    check: (stack) => {
      const functions = stack.of('Function');
      expect(new Set(functions.map((one) => input(one, 'serviceConfig.serviceAccountEmail'))).size).toBe(FUNCTION_NAMES.length);
      for (const one of functions) {
        expect(input(one, 'serviceConfig')).toMatchObject({ ingressSettings: 'ALLOW_INTERNAL_ONLY', allTrafficOnLatestRevision: true, serviceAccountEmail: `payments-${one.name}@${stack.configuration.project}.iam.gserviceaccount.com` });
        expect(input(one, 'serviceConfig.maxInstanceCount')).toBeGreaterThanOrEqual(1);
        expect(input(one, 'serviceConfig.maxInstanceRequestConcurrency')).toBeGreaterThanOrEqual(1);
      }
      expect(functions.find(({ name }) => name === 'process-payment')).toSatisfy((one: Recorded) => Number(input(one, 'serviceConfig.maxInstanceRequestConcurrency')) > 1);
      for (const push of PUSH_FUNCTIONS) expect(input(stack.one('Function', kebab(push)), 'serviceConfig.timeoutSeconds')).toBe(60);
      for (const job of JOB_FUNCTIONS) expect(input(stack.one('Function', kebab(job)), 'serviceConfig.timeoutSeconds')).toBe(1_800);
    },
  },
  {
    name: 'a function is built of its own package, and again when that changes',
    check: (stack) => {
      for (const one of stack.of('Function')) {
        expect(input(one, 'buildConfig')).toMatchObject({ runtime: 'nodejs24', source: { storageSource: { object: `${one.name}.zip`, generation: expect.any(Number) } } });
        expect(FUNCTION_NAMES).toContain(input(one, 'buildConfig.entryPoint'));
        expect(kebab(input(one, 'buildConfig.entryPoint') as (typeof FUNCTION_NAMES)[number])).toBe(one.name);
      }
    },
  },
  { name: 'nothing is uploaded of this machine\'s paths', check: (stack) => expect(JSON.stringify(stack.resources)).not.toContain(process.cwd()) },
];
