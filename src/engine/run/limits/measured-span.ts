import type { StageMs } from '../../../shared/stages.ts';
import type { FeedWait } from '../../pool/feed.ts';
import { PlaceTimes } from './place-times.ts';
import { type LoadLook, ProcessorLoad } from './processor-load.ts';
import type { HostMeasures, RunMeasures } from './run-measures.ts';

/** What a run has done by now. */
export interface RunSoFar {
  readonly items: number;
  readonly bytesIn: number;
  readonly stages: StageMs;
  readonly withoutMemory: number;
}

/** One look at a run. */
export interface Look {
  readonly inFlight: number;
  readonly poolSize: number;
  readonly wait: FeedWait | 'full' | undefined;
  /** Absent in most looks: the processor is asked more rarely. */
  readonly load: LoadLook | undefined;
  readonly owesBandwidth: boolean;
}

/** What does not change in a run. */
export interface RunSetting {
  readonly threads?: number | undefined;
  readonly bandwidth?: number | undefined;
}

/** Gathers the measures of a run from some moment on. */
export class MeasuredSpan {
  readonly #before: RunSoFar;
  readonly #setting: RunSetting;
  readonly #places = new PlaceTimes();
  readonly #load = new ProcessorLoad();
  #inFlightMs = 0;
  #poolMs = 0;
  #owedMs = 0;

  constructor(before: RunSoFar, setting: RunSetting) {
    this.#before = before;
    this.#setting = setting;
  }

  get ms(): number {
    return this.#places.ms;
  }

  /** @param ms the time since the look before. */
  add(ms: number, { inFlight, poolSize, wait, load, owesBandwidth }: Look): void {
    this.#places.add(ms, wait);
    if (load) this.#load.add(load);
    this.#inFlightMs += ms * inFlight;
    this.#poolMs += ms * poolSize;
    if (owesBandwidth) this.#owedMs += ms;
  }

  /** @param hostOf what is known of a host, or of the busiest if there is no name. */
  measures(now: RunSoFar, hostOf: (name?: string) => HostMeasures | undefined): RunMeasures {
    const { ms, shares, worstHost } = this.#places;
    const { threads, bandwidth } = this.#setting;
    const before = this.#before;
    const host = hostOf(worstHost?.name);
    const mean = (sum: number) => (ms > 0 ? sum / ms : 0);
    return {
      seconds: ms / 1_000,
      items: now.items - before.items,
      bytesIn: now.bytesIn - before.bytesIn,
      poolSize: mean(this.#poolMs),
      inFlight: mean(this.#inFlightMs),
      places: shares,
      processor: this.#load.measures,
      ...(threads !== undefined && { threads }),
      stages: difference(now.stages, before.stages),
      ...(bandwidth !== undefined && { bandwidth: { owed: mean(this.#owedMs), limit: bandwidth } }),
      withoutMemory: now.withoutMemory - before.withoutMemory,
      ...(host && { host: worstHost ? { ...host, share: worstHost.share } : host }),
    };
  }
}

function difference(now: StageMs, before: StageMs): StageMs {
  const changed = Object.entries(now).map(([stage, ms]) => [
    stage,
    ms - (before[stage as keyof StageMs] ?? 0),
  ]);
  return Object.fromEntries(changed);
}
