import { availableParallelism } from 'node:os';

/** From this share on, all cores count as in use: timers and samples never show all of it, and more threads would gain nothing. */
export const allCoresFrom = 0.85;

/** Tells how much of the processor the process has used, on all cores together. */
export class ProcessorTime {
  #usage = process.cpuUsage();

  /** Milliseconds since it was last asked. Takes a quarter of a millisecond in a process with a dozen threads. */
  take(): number {
    const before = this.#usage;
    this.#usage = process.cpuUsage();
    return (this.#usage.user - before.user + this.#usage.system - before.system) / 1_000;
  }
}

/** @param usedMs the time on all cores together that the process took in `ms` milliseconds. */
export function usesAllCores(usedMs: number, ms: number, cores = availableParallelism()): boolean {
  return usedMs >= allCoresFrom * ms * cores;
}
