import type { PoolSummary } from '../../../shared/result.ts';
import { MachineRoom } from './machine-room.ts';
import { SizeController } from './size-controller.ts';
import { type TurnMeasure, WindowMeter } from './window-meter.ts';

/** What the run found out about its pool size. */
export type Finding = Pick<PoolSummary, 'settledAfterSeconds' | 'searchSeconds'>;

/** What is told of each turn in the pool, for a size that is found. */
export interface SizeSearch {
  /** A turn starts. @returns when, or undefined while nothing is measured. */
  started(): number | undefined;
  /** A turn has ended. @param startedAt what `started` returned. */
  settled(startedAt: number | undefined, turn: () => TurnMeasure): void;
  /** The run is over. */
  close(): void;
}

/** The pool size as the search sees it. */
export interface AdjustableSize {
  readonly size: number;
  readonly ceiling: number;
  readonly automatic: boolean;
  finding: (() => Finding) | undefined;
  adjust(size: number): void;
  onChange(listener: () => void): () => void;
}

export interface AutomaticSizeOptions {
  readonly poolSize: AdjustableSize;
  readonly now?: () => number;
  readonly room?: () => Pick<MachineRoom, 'look' | 'close'>;
}

/** The search of a size, from where it became automatic to where somebody set one by hand. */
interface Search {
  readonly meter: WindowMeter;
  readonly controller: SizeController;
  readonly room: Pick<MachineRoom, 'look' | 'close'>;
  readonly startedAt: number;
  work: number;
  settled?: { readonly at: number; readonly work: number };
}

/** Adjusts the pool size of one run while that is automatic. While it is not, it costs nothing. */
export class AutomaticSize implements SizeSearch {
  readonly #poolSize: AdjustableSize;
  readonly #now: () => number;
  readonly #openRoom: () => Pick<MachineRoom, 'look' | 'close'>;
  readonly #unsubscribe: () => void;
  #search: Search | undefined;

  constructor({
    poolSize,
    now = () => performance.now(),
    room = () => new MachineRoom(),
  }: AutomaticSizeOptions) {
    this.#poolSize = poolSize;
    this.#now = now;
    this.#openRoom = room;
    this.#unsubscribe = poolSize.onChange(() => this.#follow());
    this.#follow();
  }

  started(): number | undefined {
    if (!this.#search) return undefined;
    const now = this.#now();
    this.#search.meter.started(now);
    return now;
  }

  settled(startedAt: number | undefined, turn: () => TurnMeasure): void {
    const search = this.#search;
    // It may have started before the search, which began with none in flight.
    if (!search || startedAt === undefined || startedAt < search.startedAt) return;
    const now = this.#now();
    const measure = turn();
    search.work += measure.work;
    const window = search.meter.settled(now, startedAt, measure);
    if (!window) return;
    const { controller } = search;
    const room = search.room.look(controller.size);
    if (room === 'none') controller.fall();
    else controller.next(window, room === 'free');
    if (controller.isSettled) search.settled ??= { at: now, work: search.work };
    if (controller.size === this.#poolSize.size) return;
    search.meter.resized(now, controller.size);
    this.#poolSize.adjust(controller.size);
  }

  close(): void {
    this.#unsubscribe();
    this.#search?.room.close();
    this.#search = undefined;
  }

  #follow(): void {
    const { automatic, size, ceiling } = this.#poolSize;
    if (automatic === (this.#search !== undefined)) return;
    if (!automatic) {
      this.#search?.room.close();
      this.#search = undefined;
      return;
    }
    const startedAt = this.#now();
    const search: Search = {
      meter: new WindowMeter(startedAt, size),
      controller: new SizeController({ size, ceiling }),
      room: this.#openRoom(),
      startedAt,
      work: 0,
    };
    this.#search = search;
    this.#poolSize.finding = () => findingOf(search);
  }
}

/** When the knee was found, and how much longer that took than if the size had been right from the start. */
function findingOf({ startedAt, settled, controller }: Search): Finding {
  if (!settled) return {};
  const seconds = (settled.at - startedAt) / 1_000;
  const needed = controller.rate ? settled.work / controller.rate : seconds;
  return { settledAfterSeconds: rounded(seconds), searchSeconds: rounded(Math.max(0, seconds - needed)) };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}
