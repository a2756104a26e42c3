import { findKnee, type RunOptions, type Summary, tune } from '../../engine/index.ts';
import { t } from '../../languages/translate.ts';
import type { TunePoint, TuneUpdate } from '../../shared/ipc/tune.ts';
import { poolCeilings, usualSizesToTune } from '../../shared/settings/pool-sizes.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';

/** A person's own function is not repeated to be timed. */
type TimedJob = Exclude<ResolvedJob, { readonly kind: 'map' }>;

interface TuneSessionOptions {
  readonly time: (job: TimedJob, options: RunOptions) => Promise<Summary>;
  readonly poolCeiling: number;
  readonly tell: (update: TuneUpdate) => void;
  /** Called when nothing is measured any more. */
  readonly onEnded?: () => void;
}

/** Times a job at several pool sizes: one sweep at a time, reported after each size. */
export class TuneRun {
  readonly #options: TuneSessionOptions;
  #cancelling: AbortController | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(options: TuneSessionOptions) {
    this.#options = options;
  }

  /** Returns once the sweep has begun; its progress is reported by events. */
  start(job: TimedJob, wanted?: readonly number[]): void {
    if (this.#cancelling !== undefined) {
      throw new RequestProblem('TUNE_ON', t('A measurement is on: wait for its end, or cancel it.'));
    }
    const ceiling = ceilingOf(job, this.#options.poolCeiling);
    const sizes = [...new Set((wanted ?? usualSizesToTune).map((size) => Math.min(size, ceiling)))];
    this.#cancelling = new AbortController();
    this.#ended = this.#measure(job, sizes, this.#cancelling.signal)
      .catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        this.#options.tell({ state: 'failed', message });
      })
      .finally(() => {
        this.#cancelling = undefined;
        this.#options.onEnded?.();
      });
  }

  get isOn(): boolean {
    return this.#cancelling !== undefined;
  }

  /** Resolves once the measuring has stopped. */
  async cancel(): Promise<void> {
    this.#cancelling?.abort();
    await this.#ended;
  }

  async #measure(job: TimedJob, sizes: number[], signal: AbortSignal): Promise<void> {
    const { time, tell } = this.#options;
    const points: TunePoint[] = [];
    const tellNext = (): void => {
      const current = sizes[points.length];
      if (current !== undefined) tell({ state: 'measuring', sizes, points: [...points], current });
    };
    tellNext();
    const timings = await tune({
      sizes,
      warmUp: job.kind === 'thumbnails',
      signal,
      runOnce: (poolSize, outputFolder, limits) =>
        time(elsewhere(job, outputFolder), { poolSize, ...limits }),
      onTiming: ({ poolSize, seconds, perSecond, failed }) => {
        points.push({ poolSize, seconds, perSecond, failed });
        tellNext();
      },
    });
    const knee = findKnee(timings);
    if (signal.aborted || knee === undefined) tell({ state: 'cancelled', sizes, points });
    else tell({ state: 'finished', sizes, points, knee: knee.poolSize });
  }
}

/** Thumbnails have fewer threads than requests may be in flight. */
function ceilingOf({ kind }: TimedJob, poolCeiling: number): number {
  return kind === 'thumbnails' ? Math.min(poolCeiling, poolCeilings.thumbnailThreads) : poolCeiling;
}

/** The same job with its results in a folder that is deleted afterwards. */
function elsewhere(job: TimedJob, outputFolder: string): TimedJob {
  switch (job.kind) {
    case 'thumbnails':
      return { ...job, request: { ...job.request, outputFolder } };
    case 'fetch':
      return { ...job, request: { ...job.request, outputFolder } };
  }
}
