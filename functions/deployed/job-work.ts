import { kindOf } from '../adapters/google/error-kinds.ts';
import type { Log } from '../ports.ts';
import { type Answer, COME_AGAIN, UNKNOWN_FAULT } from './answer.ts';
import { faultFields } from './fault-fields.ts';
import { isAnswer, type JobCall, readJobCall } from './job-call.ts';
import type { Work } from './serve.ts';

/** One run of a job, once it is known what for. */
export type Job = (call: JobCall, log: Log) => Promise<Answer>;

/**
 * A scheduled function. A run that was carried out is answered with 200, whatever it found; a fault with 5xx, and the scheduler calls
 * again as it was told to. A call that comes twice, or while another one runs, is harmless: see each job.
 */
export function jobWork(function_name: string, job: Job): Work {
  return async (request, log) => {
    const call = readJobCall(request, function_name);
    if (isAnswer(call)) return call;
    try {
      return await job(call, log);
    } catch (error) {
      log.write('ERROR', 'job failed', { job: call.job, ...faultFields(error) });
      return kindOf(error) === 'transient' ? COME_AGAIN : UNKNOWN_FAULT;
    }
  };
}
