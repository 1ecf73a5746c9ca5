/** Seconds of wall time since the process began. */
export function wallSeconds(): number {
  return performance.now() / 1_000;
}

/** Seconds of CPU that all threads of the process have used. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

/** The most memory that the process ever held, in MiB. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1_024;
}
