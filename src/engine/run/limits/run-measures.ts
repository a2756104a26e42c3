import type { StageMs } from '../../../shared/stages.ts';

/** What was measured of a run, or of a span of it. Shares are of its time and lie between 0 and 1. */
export interface RunMeasures {
  /** The time in which there was work and the run was not paused. */
  readonly seconds: number;
  readonly items: number;
  readonly bytesIn: number;
  /** Mean values. */
  readonly poolSize: number;
  readonly inFlight: number;
  /** Whether the run finds its pool size itself: then nobody need be told of another. */
  readonly automatic?: boolean;
  readonly places: PlaceShares;
  readonly processor: ProcessorMeasures;
  /** The threads that items share; if absent, each item in flight has one of its own. */
  readonly threads?: number;
  /** The time of all items together by stage. */
  readonly stages: StageMs;
  /** The share of the time for which bytes had come that the run's own bandwidth limit had not allowed yet. */
  readonly bandwidth?: { readonly owed: number; readonly limit: number };
  /** How many items found no room in memory. */
  readonly withoutMemory: number;
  /** The host that held up most items, or that got the most requests. */
  readonly host?: HostMeasures;
}

/** Why the places of the pool were taken, or not. */
export interface PlaceShares {
  readonly full: number;
  /** Nothing had been read that could be begun. */
  readonly reader: number;
  /** Hosts could not be asked: because of their number at once, of a gap, or because they turn requests away. */
  readonly hostLimit: number;
  readonly gap: number;
  readonly refusals: number;
}

export interface ProcessorMeasures {
  readonly cores: number;
  /** How many of them the run used, on average. */
  readonly used: number;
  /** The share of all cores that was in use, by whatever program; absent if the system does not tell. */
  readonly machine?: number;
  /** How busy the main thread was, and the busiest of those that hold sockets. */
  readonly main: number;
  readonly transfers?: number;
}

export interface HostMeasures {
  readonly name: string;
  /** Its share of all requests, or of the time for which hosts held up items. */
  readonly share: number;
  readonly answers: number;
  readonly refusals: number;
  /** The most requests at once that it may get. */
  readonly limit: number;
  readonly gapMs: number;
  /** The time until its answers began, in milliseconds: of half of them, and of its few fastest. */
  readonly usualMs: number;
  readonly fastestMs: number;
}
