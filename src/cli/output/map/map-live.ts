import { fstatSync } from 'node:fs';
import type { LivePoolSize } from '../../../engine/engine.ts';
import type { Limit } from '../../../shared/limits/limit.ts';
import { Pace } from '../../../shared/progress/pace.ts';
import { beginProgress, type Progress, withResult, withTotal } from '../../../shared/progress/progress.ts';
import type { Status } from '../../../shared/result.ts';
import { textOfValue } from '../../../shared/text-of-value.ts';
import { eraseLiveLine } from '../../screen/live-line.ts';
import { progressLine } from '../progress-line.ts';
import { err, out } from '../streams.ts';
import { isQuiet, progressWanted } from '../verbosity.ts';

/** How often the line is redrawn, in milliseconds. */
const intervalMs = 100;
/** So many items are shown with what their tasks tell of them. */
const mostTold = 3;
/** So much of the width an item may take. */
const shareOfItem = 0.6;

/** What is shown of a run beside its results. */
export interface MapLiveRun {
  readonly poolSize: Pick<LivePoolSize, 'size' | 'automatic'>;
  /** The number of items, where it is known. */
  readonly total: number | undefined;
}

/** Whether the progress of a run is told. */
export function tellsProgress(json: boolean): boolean {
  const wanted = progressWanted();
  if (wanted !== 'usual') return wanted === 'asked';
  return !isQuiet() && err.isScreen && hasTerminalForItself(json);
}

/** What reads our values from a pipe mostly writes to the same terminal, and would lose lines to a line that is redrawn. */
function hasTerminalForItself(json: boolean): boolean {
  if (out.isTerminal) return !json;
  try {
    const to = fstatSync(1);
    return !to.isFIFO() && !to.isSocket();
  } catch {
    return false;
  }
}

/** How far a run of a person's own function is, on standard error: below the values where these go to the same terminal. */
export class MapLive {
  readonly #line = err.liveLine();
  readonly #poolSize: MapLiveRun['poolSize'];
  readonly #timer: NodeJS.Timeout;
  readonly #told = new Map<number, { readonly item: string; readonly progress: unknown }>();
  /** What tasks print comes from their threads past all that is ours. */
  readonly #release = err.beforeWrites((chunk) => {
    eraseLiveLine();
    const last = chunk.at(-1);
    if (last !== undefined) this.#isWithinLine = last !== '\n' && last !== 10;
  });
  readonly #pace = new Pace(performance.now());
  #progress: Progress = beginProgress();
  #limit: Limit | undefined;
  /** Whether somebody else has written a part of a line. */
  #isWithinLine = false;

  constructor({ poolSize, total }: MapLiveRun) {
    this.#poolSize = poolSize;
    if (total !== undefined) this.#progress = withTotal(this.#progress, total);
    this.#timer = setInterval(() => this.#show(), intervalMs).unref();
  }

  /** An item has ended, whether its result is told already or not. */
  ended(index: number, status: Status): void {
    this.#told.delete(index);
    this.#progress = withResult(this.#progress, { index, input: '', status, ms: 0 });
  }

  /** What the task of an item tells of it. */
  tell(index: number, item: string, progress: unknown): void {
    this.#told.set(index, { item, progress });
  }

  limit(limit: Limit): void {
    this.#limit = limit;
  }

  end(): void {
    clearInterval(this.#timer);
    this.#line.done();
    this.#release();
  }

  #show(): void {
    if (this.#isWithinLine) return;
    const pace = this.#pace.measure(performance.now(), this.#progress);
    const details = { pool: this.#poolSize, limit: this.#limit };
    this.#line.draw(progressLine(this.#progress, pace, err.columns, details), this.#lines());
  }

  #lines(): string[] {
    return [...this.#told.values()].slice(0, mostTold).map(({ item, progress }) => {
      const most = Math.floor(err.columns * shareOfItem);
      const name = item.length > most ? `${item.slice(0, most - 1)}…` : item;
      return `  ${name}: ${wordsOf(progress)}`.slice(0, err.columns - 1);
    });
  }
}

/** A fraction as a percentage, all else as it is. */
function wordsOf(progress: unknown): string {
  const isFraction = typeof progress === 'number' && progress >= 0 && progress <= 1;
  return isFraction ? `${Math.floor(progress * 100)} %` : textOfValue(progress);
}
