import { availableParallelism, cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { ProcessorTime } from '../../pool/automatic/processor-time.ts';
import type { ProcessorMeasures } from './run-measures.ts';

/** Asking the system about all cores takes a good part of a millisecond on large machines. */
const machineEveryMs = 1_000;

/** What the run used of the processor between two looks. */
export interface LoadLook extends Load {
  /** The time since the look before. */
  readonly ms: number;
}

interface Load {
  /** The time on all cores together, in milliseconds. */
  readonly usedMs: number;
  /** How busy the main thread was, and the busiest of those with sockets, if there are any: from 0 to 1. */
  readonly main: number;
  readonly transfers: number | undefined;
}

/** Tells what has been used since it was last asked. */
export class LoadProbe {
  readonly #processor = new ProcessorTime();
  #main = performance.eventLoopUtilization();

  take(transfers: number | undefined): Load {
    const main = performance.eventLoopUtilization();
    const usedMs = this.#processor.take();
    const { utilization } = performance.eventLoopUtilization(main, this.#main);
    this.#main = main;
    return { usedMs, main: utilization, transfers };
  }
}

/** Adds up how much of the processor was in use. */
export class ProcessorLoad {
  readonly #sums = { ms: 0, used: 0, main: 0, transfers: 0 };
  #hasTransfers = false;
  #sinceMachineMs = 0;
  #machine: { readonly first: MachineTimes; readonly latest: MachineTimes } | undefined;

  add({ ms, usedMs, main, transfers }: LoadLook): void {
    const sums = this.#sums;
    sums.ms += ms;
    sums.used += usedMs;
    sums.main += ms * main;
    sums.transfers += ms * (transfers ?? 0);
    this.#hasTransfers ||= transfers !== undefined;
    this.#sinceMachineMs += ms;
    if (this.#sinceMachineMs < machineEveryMs) return;
    this.#sinceMachineMs = 0;
    const latest = machineTimes();
    this.#machine = { first: this.#machine?.first ?? latest, latest };
  }

  get measures(): ProcessorMeasures {
    const { ms, used, main, transfers } = this.#sums;
    const mean = (sum: number) => (ms > 0 ? sum / ms : 0);
    const machine = this.#machine && busyShare(this.#machine.first, this.#machine.latest);
    return {
      cores: availableParallelism(),
      used: mean(used),
      ...(machine !== undefined && { machine }),
      main: mean(main),
      ...(this.#hasTransfers && { transfers: mean(transfers) }),
    };
  }
}

interface MachineTimes {
  readonly idle: number;
  readonly all: number;
}

function machineTimes(): MachineTimes {
  let idle = 0;
  let all = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idle, all };
}

function busyShare(first: MachineTimes, latest: MachineTimes): number | undefined {
  const all = latest.all - first.all;
  return all > 0 ? 1 - (latest.idle - first.idle) / all : undefined;
}
