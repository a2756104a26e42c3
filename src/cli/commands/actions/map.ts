import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { ItemError, mapStream, UsageError } from '../../../engine/index.ts';
import { type PoolFlag, sizeOf } from '../../flags/pool-flag.ts';
import { mapReporter } from '../../output/map-reporter.ts';
import { exitCodeOf } from '../../process/exit-codes.ts';
import { endSoon, interruptSignal } from '../../process/interrupt.ts';

export interface MapFlags {
  readonly pool?: PoolFlag;
  readonly json?: boolean;
}

/**
 * `shoal map`.
 * @returns the exit code.
 */
export async function runMap(module: string, items: readonly string[], flags: MapFlags): Promise<number> {
  if (items.length > 1 && items.includes('-')) {
    throw new UsageError('Expected items, or - alone for those on standard input, got both.');
  }
  const signal = interruptSignal();
  const reporter = mapReporter(flags);
  const source = items.length === 1 && items[0] === '-' ? standardInput(signal) : items;
  const poolSize = sizeOf(flags.pool) ?? availableParallelism();
  try {
    for await (const result of mapStream<string>(module, source, { poolSize, signal })) {
      reporter.result(result);
    }
  } catch (error) {
    if (!signal.aborted) throw asUsage(error);
  }
  const summary = reporter.summary(signal.aborted);
  if (signal.aborted) endSoon(signal);
  return exitCodeOf(summary, signal);
}

/** A module that cannot be loaded is wrong usage: nothing was started. */
function asUsage(error: unknown): unknown {
  if (!(error instanceof ItemError)) return error;
  return new UsageError(error.message, { cause: error });
}

async function* standardInput(signal: AbortSignal): AsyncGenerator<string> {
  // With the signal, because a silent writer on standard input must not keep the process alive after Ctrl-C.
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity, signal })) {
    if (line !== '') yield line;
  }
}
