import { bytesWritten, type ItemResult, type Summary } from '../../../shared/result.ts';
import type { RunOptions } from '../run-options.ts';
import type { Forecast } from './forecast.ts';
import { endOf, paceOf } from './pace-of-sample.ts';

/** How long the sample may take from its first item on, in milliseconds, and in all. */
const sampledMs = 1_000;
const longestMs = 5_000;

/** The options of the run that tries the sample. */
type SampleOptions = Required<Pick<RunOptions, 'signal' | 'onResult'>>;

/**
 * Forecasts a run by doing a few of its items for a second.
 * @param planned how many items the run will do.
 * @param run does the items of the sample until the signal aborts.
 * @returns undefined if too few ended to tell.
 */
export async function forecastBySample(
  planned: number,
  run: (options: SampleOptions) => Promise<Summary>,
  signal?: AbortSignal,
): Promise<Forecast | undefined> {
  const enough = new AbortController();
  const endedMs: number[] = [];
  let failed = 0;
  let bytesIn = 0;
  let bytesOut = 0;
  const started = performance.now();
  let timer = setTimeout(() => enough.abort(), longestMs);
  const onResult = (result: ItemResult): void => {
    if (result.status === 'cancelled' || enough.signal.aborted) return;
    if (endedMs.length === 0) {
      clearTimeout(timer);
      timer = setTimeout(() => enough.abort(), sampledMs);
    }
    endedMs.push(performance.now() - started);
    if (result.status === 'failed') failed += 1;
    bytesIn += result.bytesIn ?? 0;
    bytesOut += bytesWritten(result);
  };
  try {
    const ends = signal ? AbortSignal.any([signal, enough.signal]) : enough.signal;
    await run({ signal: ends, onResult });
  } finally {
    clearTimeout(timer);
  }
  const pace = paceOf(endedMs);
  if (!pace || signal?.aborted) return undefined;
  const times = planned / endedMs.length;
  return {
    items: planned,
    seconds: endOf(pace, planned) / 1_000,
    bytesIn: Math.round(bytesIn * times),
    bytesOut: Math.round(bytesOut * times),
    failures: Math.round(failed * times),
    from: { kind: 'sample', items: endedMs.length },
  };
}
