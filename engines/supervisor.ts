import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { clearAbandoned, nameOfOurs } from './abandoned.ts';
import { type Engine, type Launch, type Opened, PROJECT, type Say } from './engine.ts';
import { type Ending, type EngineProcess, startProcess } from './engine-process.ts';
import { freePorts } from './free-ports.ts';
import { LOOK_EVERY_MILLISECONDS, START_ATTEMPTS, START_SECONDS } from './limits.ts';

/** Variables that don't depend on ports. Without the first, Google's clients look for a metadata server and lose seconds. */
const COMMON_VARIABLES = { METADATA_SERVER_DETECTION: 'none', GOOGLE_CLOUD_PROJECT: PROJECT };

/** Engines that run and answer. */
export interface Running {
  /** What clients and tests must have in their environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Resolves when an engine ends although nobody stopped it, with what to say. */
  readonly died: Promise<string>;
  /** Stops all of them. Resolves when they have ended. May be called again. */
  stop(): Promise<void>;
}

interface One {
  readonly process: EngineProcess;
  readonly opened: Opened;
}

const LOGS = 'payments-emulators-';

/**
 * Starts engines, each on ports of its own, and waits until each does real work. Where one can't, or where the signal says so, stops the
 * others and throws.
 */
export async function startEngines(engines: readonly Engine[], say: Say, signal: AbortSignal): Promise<Running> {
  const aborted = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped while starting'))));
  aborted.catch(() => {}); // it may come when nobody waits any more
  const launches = await Promise.race([aborted, Promise.all(engines.map((engine) => engine.find(say)))]);
  await clearAbandoned(tmpdir(), LOGS);
  const directory = await mkdtemp(join(tmpdir(), nameOfOurs(LOGS)));
  const processes: EngineProcess[] = [];
  const opened: Opened[] = [];
  let stopped: Promise<void> | null = null;
  const stopAll = async () => {
    await Promise.all(opened.map(({ close }) => close()));
    await Promise.all(processes.map((one) => one.stop()));
    await rm(directory, { recursive: true, force: true });
  };
  const stop = () => (stopped ??= stopAll());
  const started = await Promise.allSettled(
    engines.map(async (engine, index) => {
      const one = await startEngine(engine, launches[index], directory, signal, (process) => processes.push(process));
      say(`${engine.name}: ready`);
      opened.push(one.opened);
      return { engine, ...one };
    }),
  );
  const failed = started.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') {
    await stop();
    throw failed.reason;
  }
  const ones = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const died = ones.map(async ({ engine, process }) => {
    const ending = await process.ended;
    return stopped ? new Promise<never>(() => {}) : explain(engine, ending, process);
  });
  return { variables: Object.assign({}, COMMON_VARIABLES, ...ones.map((one) => one.opened.variables)), died: Promise.race(died), stop };
}

async function startEngine(engine: Engine, launch: Launch, directory: string, signal: AbortSignal, keep: (process: EngineProcess) => void): Promise<One> {
  for (let attempt = 1; ; attempt++) {
    const ports = await freePorts(engine.ports);
    const process = startProcess(launch.command(ports), launch.environment, directory, join(directory, `${engine.name}-${attempt}.log`));
    keep(process);
    try {
      await untilReady(engine, launch, ports, process, signal);
      return { process, opened: await launch.open(ports) };
    } catch (error) {
      await process.stop();
      if (attempt === START_ATTEMPTS || !/address already in use/i.test(process.logEnd())) throw error;
    }
  }
}

/** Looks again and again until the engine does real work. Throws when it has ended, or after START_SECONDS. */
async function untilReady(engine: Engine, launch: Launch, ports: readonly number[], process: EngineProcess, signal: AbortSignal): Promise<void> {
  let ending: Ending | null = null;
  let fault: unknown = new Error('it was never asked');
  void process.ended.then((one) => (ending = one));
  const deadline = AbortSignal.timeout(START_SECONDS * 1_000);
  while (!deadline.aborted) {
    if (signal.aborted) throw new Error('stopped while starting');
    if (ending) throw new Error(explain(engine, ending, process));
    try {
      return await launch.check(ports);
    } catch (error) {
      fault = error;
      await wait(LOOK_EVERY_MILLISECONDS);
    }
  }
  throw new Error(`${engine.name} didn't answer within ${START_SECONDS} s (${fault instanceof Error ? fault.message : String(fault)}). Its log ends with:\n${process.logEnd()}`);
}

function explain(engine: Engine, { words }: Ending, process: EngineProcess): string {
  return `${engine.name} ${words}. Its log ends with:\n${process.logEnd()}`;
}
