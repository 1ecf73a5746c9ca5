import { Argument } from 'commander';
import { EXIT, Failure } from '../../failure.ts';
import { formatMicros, type Micros } from '../../payment/time.ts';
import type { Jobs, JobState } from '../../ports.ts';
import { callingGoogle } from '../google/google-faults.ts';
import { type GoogleOptions, projectOf, withGoogleOptions } from '../google/options.ts';
import { renderTable } from '../table.ts';
import { type AddCommand, terminalFor } from './command.ts';

interface Options extends GoogleOptions {
  readonly location: string;
}

type Action = 'list' | 'run' | 'pause' | 'resume';

const DONE: Readonly<Record<Exclude<Action, 'list'>, string>> = {
  run: 'was started. `payments jobs list` shows how it ends.',
  pause: 'is paused. Every reconciliation that needs it is incomplete until it is resumed.',
  resume: 'runs again by its schedule.',
};

/** `payments jobs`: the scheduler's jobs on Google Cloud. */
export const jobsCommand: AddCommand = (program) => {
  const command = program
    .command('jobs')
    .description('the scheduled jobs on Google Cloud: list them, or run, pause or resume one')
    .addArgument(new Argument('<action>', 'what to do').choices(['list', 'run', 'pause', 'resume']))
    .argument('[job]', 'the job, e.g. post-ledger (not with list)')
    .requiredOption('--location <region>', 'the region of the scheduler, e.g. europe-west1');
  withGoogleOptions(command).action(async (action: Action, job: string | undefined, options: Options) => {
    const terminal = terminalFor(options);
    const project = projectOf(options);
    if (!/^[a-z]+-[a-z]+\d{1,2}$/.test(options.location)) throw new Failure(EXIT.usage, `--location ${options.location} is no region.`, 'For example --location europe-west1.');
    if ((action === 'list') !== (job === undefined)) throw new Failure(EXIT.usage, action === 'list' ? 'list takes no job.' : `Which job to ${action} was not said.`, '`payments jobs list` shows the jobs.');
    if (job !== undefined && !/^[A-Za-z0-9_-]{1,500}$/.test(job)) throw new Failure(EXIT.usage, `${job} is no name of a job.`, '`payments jobs list` shows the jobs.');
    await withJobs(project, options.location, async (jobs) => {
      if (action === 'list') {
        const states = await jobs.list();
        if (options.json) terminal.printJson(states.map(rowOf));
        else terminal.print(renderTable(states.map(rowOf)));
        return;
      }
      await jobs[action](job!);
      if (options.json) terminal.printJson({ job, action });
      else terminal.print(`${job} ${DONE[action]}`);
    });
  });
};

async function withJobs(project: string, location: string, work: (jobs: Jobs) => Promise<void>): Promise<void> {
  const { schedulerClient, schedulerJobs } = await import('../../adapters/google/scheduler-jobs.ts');
  await callingGoogle(async () => {
    const client = schedulerClient();
    try {
      await work(schedulerJobs(client, { project, location }));
    } finally {
      await client.close();
    }
  });
}

function rowOf({ name, schedule, enabled, last_attempt_at, last_succeeded, next_run_at }: JobState) {
  const time = (micros: Micros | null) => (micros === null ? null : formatMicros(micros));
  return { job: name, schedule, state: enabled ? 'enabled' : 'paused', last_run_at: time(last_attempt_at), last_run: last_succeeded === null ? null : last_succeeded ? 'succeeded' : 'failed', next_run_at: time(next_run_at) };
}
