/** The parts of an image's time, in their order. */
export const imageStages = ['read', 'decode', 'resize', 'encode', 'write'] as const;
/** The parts of a transfer's time, in their order. `host`: its turn there is awaited, although the pool has a place. */
export const transferStages = ['host', 'dns', 'connect', 'tls', 'firstByte', 'body', 'write'] as const;

type ImageStage = (typeof imageStages)[number];
export type TransferStage = (typeof transferStages)[number];
/** A part of the time that an item takes. */
export type Stage = ImageStage | TransferStage;

/** All of them, in the order in which an item has them that is fetched and made a thumbnail of. */
export const stages: readonly Stage[] = [...new Set([...transferStages, ...imageStages])];

/** The times of one item as they come from its thread: whole microseconds, in the order of the stages of its task. */
export type StageTimes = readonly number[];

/** Milliseconds by stage, without those that took none. */
export type StageMs = Readonly<Partial<Record<Stage, number>>>;

/** Adds up the times of items. */
export class StageSums {
  readonly #us = new Float64Array(stages.length);

  add(of: readonly Stage[], times: StageTimes): void {
    for (let at = 0; at < of.length; at += 1) {
      const us = times[at] as number;
      if (us > 0) this.#add(of[at] as Stage, us);
    }
  }

  #add(stage: Stage, us: number): void {
    const place = places[stage];
    this.#us[place] = (this.#us[place] as number) + us;
  }

  /** In milliseconds. */
  get(stage: Stage): number {
    return (this.#us[places[stage]] as number) / 1_000;
  }

  toMs(): StageMs {
    const taken = stages.filter((stage) => this.get(stage) > 0);
    return Object.fromEntries(taken.map((stage) => [stage, this.get(stage)]));
  }
}

const places = Object.fromEntries(stages.map((stage, place) => [stage, place])) as Record<Stage, number>;

/** The stages of one item, for whoever asks for each. */
export function stageMsOf(of: readonly Stage[], times: StageTimes): StageMs {
  const sums = new StageSums();
  sums.add(of, times);
  return sums.toMs();
}

/** Divides the time of one item: each `lap` gives what has passed since the one before to a stage. */
export class StageWatch<Each extends Stage> {
  readonly #of: readonly Each[];
  readonly #now: () => number;
  #us: number[];
  #since = 0;

  constructor(of: readonly Each[], now: () => number = () => performance.now()) {
    this.#of = of;
    this.#now = now;
    this.#us = new Array<number>(of.length).fill(0);
  }

  /** Begins a new item, whatever was noted of one that failed. */
  start(): void {
    this.#us.fill(0);
    this.#since = this.#now();
  }

  lap(stage: Each): void {
    const now = this.#now();
    const place = this.#of.indexOf(stage);
    this.#us[place] = (this.#us[place] as number) + Math.round((now - this.#since) * 1_000);
    this.#since = now;
  }

  /** The times so far; it begins anew. */
  take(): StageTimes {
    const times = this.#us;
    this.#us = new Array<number>(times.length).fill(0);
    return times;
  }
}
