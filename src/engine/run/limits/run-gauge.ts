import type { Limit } from '../../../shared/limits/limit.ts';
import type { FeedWait } from '../../pool/feed.ts';
import type { LivePoolSize } from '../../pool/live-pool-size.ts';
import { findLimit } from './find-limit.ts';
import type { LiveLimits } from './live-limits.ts';
import { type Look, MeasuredSpan, type RunSoFar } from './measured-span.ts';
import { LoadProbe } from './processor-load.ts';
import type { HostMeasures } from './run-measures.ts';

/** How often a run is looked at, in milliseconds. Nothing is measured as items start and end. */
const everyMs = 50;
/** How often the processor is asked: that takes a quarter of a millisecond with a dozen threads. */
const loadEveryMs = 250;
/** How often the limit is found anew, and over which time. */
const findEveryMs = 1_000;
const recentMs = 6_000;

/** What a feature tells of its run beside what every run has. */
export interface FeatureMeasures {
  /** The number of threads that items share; if absent, each item in flight has one of its own. */
  readonly threads?: number;
  /** How busy the busiest of them was since the last call, from 0 to 1. */
  readonly busiestThread?: () => number;
  /** The run's own limit, in bytes a second, and whether more has come than it allows. */
  readonly bandwidth?: () => number | undefined;
  readonly owesBandwidth?: () => boolean;
  /** How many items found no room in memory. */
  readonly withoutMemory?: () => number;
  /** What is known of a host; without a name, of the one with the most requests. */
  readonly hostOf?: (name?: string) => HostMeasures | undefined;
}

export interface GaugedRun extends FeatureMeasures {
  readonly poolSize: LivePoolSize;
  /** What the feed waits for; asked only if there are places left. */
  readonly waitsFor: (running: number) => FeedWait | undefined;
  readonly soFar: () => Omit<RunSoFar, 'withoutMemory'>;
  readonly limits?: LiveLimits | undefined;
  readonly onLimit?: ((limit: Limit) => void) | undefined;
}

/** Looks at a run at short intervals, and finds what limits it: of late, while it is on, and as a whole at its end. */
export class RunGauge {
  readonly #run: GaugedRun;
  #running = 0;
  readonly #whole: MeasuredSpan;
  #recent: MeasuredSpan;
  #recentSize: number;
  #lastLook = performance.now();
  #sinceLoadMs = 0;
  #sinceFoundMs = 0;
  #told = '';
  readonly #probe = new LoadProbe();
  readonly #timer: NodeJS.Timeout;
  readonly #forgetLimits: (() => void) | undefined;

  constructor(run: GaugedRun) {
    this.#run = run;
    this.#whole = this.#newSpan();
    this.#recent = this.#whole;
    this.#recentSize = run.poolSize.size;
    // What was measured under other limits says nothing of these.
    this.#forgetLimits = run.limits?.onChange(() => this.#beginAnew());
    this.#timer = setInterval(() => this.#look(), everyMs).unref();
  }

  started(): void {
    this.#running += 1;
  }

  ended(): void {
    this.#running -= 1;
  }

  /** Call at the end of the run. @returns what limited it. */
  stop(): Limit | undefined {
    clearInterval(this.#timer);
    this.#forgetLimits?.();
    return this.#limitOf(this.#whole);
  }

  #look(): void {
    const now = performance.now();
    const ms = now - this.#lastLook;
    this.#lastLook = now;
    const { poolSize, waitsFor, busiestThread, owesBandwidth } = this.#run;
    const wait = this.#running >= poolSize.limit ? 'full' : waitsFor(this.#running);
    // The last items of a run leave places empty that nothing could take.
    const isEnd = wait !== 'full' && wait?.kind === 'end';
    if (poolSize.paused || isEnd) {
      // What is used meanwhile belongs to no look.
      this.#sinceLoadMs = 0;
      this.#probe.take(busiestThread?.());
      return;
    }
    this.#sinceLoadMs += ms;
    const isDue = this.#sinceLoadMs >= loadEveryMs;
    const load = isDue ? { ms: this.#sinceLoadMs, ...this.#probe.take(busiestThread?.()) } : undefined;
    if (load) this.#sinceLoadMs = 0;
    const look: Look = {
      inFlight: this.#running,
      poolSize: poolSize.size,
      wait,
      load,
      owesBandwidth: owesBandwidth?.() ?? false,
    };
    this.#whole.add(ms, look);
    if (this.#recent !== this.#whole) this.#recent.add(ms, look);
    this.#find(ms);
  }

  #find(ms: number): void {
    const { onLimit, poolSize } = this.#run;
    this.#sinceFoundMs += ms;
    if (!onLimit || this.#sinceFoundMs < findEveryMs) return;
    this.#sinceFoundMs = 0;
    const hasChanged = poolSize.size !== this.#recentSize;
    const limit = this.#limitOf(this.#recent);
    // A span that has just begun shows nothing: what was told before it is the best guess.
    if (!hasChanged && limit !== undefined) this.#tell(limit);
    if (!hasChanged && this.#recent.ms < recentMs) return;
    if (hasChanged) this.#beginAnew();
    else this.#recent = this.#newSpan();
  }

  /** Also what was told before is told again, if it still holds: whoever changed something waits to hear. */
  #beginAnew(): void {
    this.#recent = this.#newSpan();
    this.#recentSize = this.#run.poolSize.size;
    this.#told = '';
  }

  #tell(limit: Limit): void {
    const text = JSON.stringify(limit);
    if (text === this.#told) return;
    this.#told = text;
    this.#run.onLimit?.(limit);
  }

  #limitOf(span: MeasuredSpan): Limit | undefined {
    const hostOf = this.#run.hostOf ?? (() => undefined);
    const { automatic } = this.#run.poolSize;
    return findLimit({ ...span.measures(this.#soFar(), hostOf), automatic });
  }

  #newSpan(): MeasuredSpan {
    const { threads, bandwidth } = this.#run;
    return new MeasuredSpan(this.#soFar(), { threads, bandwidth: bandwidth?.() });
  }

  #soFar(): RunSoFar {
    return { ...this.#run.soFar(), withoutMemory: this.#run.withoutMemory?.() ?? 0 };
  }
}
