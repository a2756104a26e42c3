import type { Lane } from '../../shared/ipc/run.ts';

interface Item {
  readonly index: number;
  readonly name: string;
}

/** What each slot of the pool is busy with, and since when. Idle slots are listed up to the pool size. */
export class Lanes {
  readonly #working: (Lane['working'] | undefined)[] = [];
  #busy = 0;

  get busy(): number {
    return this.#busy;
  }

  take(place: number, item: Item, now: number): void {
    if (this.#working[place] === undefined) this.#busy += 1;
    this.#working[place] = { ...item, since: Math.round(now) };
  }

  free(place: number): void {
    if (this.#working[place] !== undefined) this.#busy -= 1;
    this.#working[place] = undefined;
  }

  /** Slots beyond the pool size are listed while an item that started before the pool shrank is still in them. */
  list(poolSize: number): Lane[] {
    const last = this.#working.findLastIndex((working) => working !== undefined);
    return Array.from({ length: Math.max(poolSize, last + 1) }, (_, slot) => {
      const working = this.#working[slot];
      return working === undefined ? { slot } : { slot, working };
    });
  }
}
