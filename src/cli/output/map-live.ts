import { fstatSync } from 'node:fs';
import type { LivePoolSize } from '../../engine/engine.ts';
import type { Limit } from '../../shared/limits/limit.ts';
import {
  beginProgress,
  measured,
  type Progress,
  withResult,
  withTotal,
} from '../../shared/progress/progress.ts';
import type { Status } from '../../shared/result.ts';
import { textOfValue } from '../../shared/text-of-value.ts';
import { progressLine } from './progress-line.ts';
import { err, type LiveLine, out } from './streams.ts';

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

/**
 * Whether there is a place for a line: a terminal to which nobody else writes. What reads our values from a pipe mostly
 * writes to the same terminal, and would lose lines.
 */
export function hasPlaceForLine(json: boolean): boolean {
  if (!err.isScreen) return false;
  if (out.isTerminal) return !json;
  try {
    const to = fstatSync(1);
    return !to.isFIFO() && !to.isSocket();
  } catch {
    return false;
  }
}

/** How far a run of a person's own function is: one line on standard error, below the values where these go to the same terminal. */
export class MapLive {
  readonly #live: LiveLine;
  readonly #poolSize: MapLiveRun['poolSize'];
  readonly #timer: NodeJS.Timeout;
  readonly #told = new Map<number, { readonly item: string; readonly progress: unknown }>();
  readonly #release: () => void;
  #progress: Progress = beginProgress(performance.now());
  #limit: Limit | undefined;
  #isShown = false;
  /** Whether somebody else has written a part of a line. */
  #isWithinLine = false;
  #isOurs = false;

  constructor(live: LiveLine, { poolSize, total }: MapLiveRun) {
    this.#live = live;
    this.#poolSize = poolSize;
    if (total !== undefined) this.#progress = withTotal(this.#progress, total);
    this.#release = this.#makeWayForOthers();
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

  /** Writes lines above. The line itself comes back with the next tick: a value each microsecond is not to be redrawn below. */
  above(write: () => void): void {
    this.#hide();
    this.#asOurs(write);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#hide();
    this.#asOurs(() => this.#live.done());
    this.#release();
  }

  #show(): void {
    if (this.#isWithinLine) return;
    const now = performance.now();
    this.#progress = measured(this.#progress, now);
    const line = progressLine(this.#progress, now, err.columns, { pool: this.#poolSize, limit: this.#limit });
    this.#isShown = true;
    this.#asOurs(() => this.#live.draw(line, this.#lines()));
  }

  #lines(): string[] {
    return [...this.#told.values()].slice(0, mostTold).map(({ item, progress }) => {
      const most = Math.floor(err.columns * shareOfItem);
      const name = item.length > most ? `${item.slice(0, most - 1)}…` : item;
      return `  ${name}: ${wordsOf(progress)}`.slice(0, err.columns - 1);
    });
  }

  #hide(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    this.#asOurs(() => this.#live.clear());
  }

  #asOurs(write: () => void): void {
    const before = this.#isOurs;
    this.#isOurs = true;
    write();
    this.#isOurs = before;
  }

  /** What tasks print comes from their threads by this stream, past all that is ours. */
  #makeWayForOthers(): () => void {
    const { stderr } = process;
    const { write } = stderr;
    stderr.write = ((chunk: string | Uint8Array, ...further: []) => {
      if (!this.#isOurs) {
        this.#hide();
        const last = chunk.at(-1);
        if (last !== undefined) this.#isWithinLine = last !== '\n' && last !== 10;
      }
      return write.call(stderr, chunk, ...further);
    }) as typeof write;
    return () => {
      stderr.write = write;
    };
  }
}

/** A fraction as a percentage, all else as it is. */
function wordsOf(progress: unknown): string {
  const isFraction = typeof progress === 'number' && progress >= 0 && progress <= 1;
  return isFraction ? `${Math.floor(progress * 100)} %` : textOfValue(progress);
}
