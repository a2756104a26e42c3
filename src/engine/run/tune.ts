import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Summary } from '../../shared/result.ts';

/** A pool size and how long the items took with it. */
export interface Timing {
  readonly poolSize: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** The speed-up over the first size. */
  readonly speedUp: number;
  /** The number of items that were done: if there are none, there is nothing to compare. */
  readonly done: number;
  readonly failed: number;
}

export interface TuneOptions {
  readonly sizes: readonly number[];
  /** Does the whole job once with this pool size. The output folder is empty and is removed afterwards. */
  readonly runOnce: (poolSize: number, outputFolder: string) => Promise<Summary>;
  /** Whether to run once beforehand without timing, so that the first size does not pay for a cold disk cache. */
  readonly warmUp: boolean;
  readonly signal?: AbortSignal;
  readonly onTiming?: (timing: Timing) => void;
}

/** Times each pool size on the same items. */
export async function tune({ sizes, runOnce, warmUp, signal, onTiming }: TuneOptions): Promise<Timing[]> {
  const timings: Timing[] = [];
  if (warmUp) await inScratchFolder((folder) => runOnce(Math.max(...sizes), folder));
  for (const poolSize of sizes) {
    if (signal?.aborted) break;
    const summary = await inScratchFolder((folder) => runOnce(poolSize, folder));
    if (signal?.aborted) break;
    const first = timings[0]?.seconds ?? summary.seconds;
    const { seconds, perSecond, done, failed } = summary;
    const timing = { poolSize, seconds, perSecond, done, failed, speedUp: seconds > 0 ? first / seconds : 1 };
    timings.push(timing);
    onTiming?.(timing);
  }
  return timings;
}

/**
 * The knee: the smallest pool size within 10 % of the fastest. More threads than that cost more and gain little.
 * Undefined if no item was done, because the time that failures take means nothing.
 */
export function findKnee(timings: readonly Timing[]): Timing | undefined {
  if (!timings.some(({ done }) => done > 0)) return undefined;
  const fastest = Math.min(...timings.map(({ seconds }) => seconds));
  return timings
    .filter(({ seconds }) => seconds <= fastest * 1.1)
    .toSorted((a, b) => a.poolSize - b.poolSize)
    .at(0);
}

async function inScratchFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-tune-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
