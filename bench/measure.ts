/** What a run prints of itself, as a line of JSON. */
export interface Measured {
  readonly messages: number;
  /** Seconds from the start of the process. */
  readonly wall: number;
  readonly cpu: number;
  readonly peak_mib: number;
  readonly verdict?: string;
  readonly stages?: Readonly<Record<string, Stage>>;
}

/** Seconds that a stage took. */
export interface Stage {
  readonly wall: number;
  /** Of all threads. */
  readonly cpu: number;
  /** Of these, of the thread that runs our code. */
  readonly main_thread: number;
}

/** Seconds of wall time since the process began. */
export function wallSeconds(): number {
  return performance.now() / 1_000;
}

/** Seconds of CPU that all threads of the process have used. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

/** Seconds of CPU that this thread has used. */
export function mainThreadSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000_000;
}

/** The most memory that the process ever held, in MiB. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1_024;
}
