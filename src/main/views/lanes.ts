import type { Lane } from '../../shared/ipc/run.ts';
import type { StageMs } from '../../shared/stages.ts';

interface Item {
  readonly index: number;
  readonly name: string;
}

interface Slot {
  readonly working: NonNullable<Lane['working']>;
  readonly host: string | undefined;
}

/** What each slot of the pool is busy with, and since when. Idle slots are listed up to the pool size. */
export class Lanes {
  readonly #slots: (Slot | undefined)[] = [];
  readonly #last: Lane['last'][] = [];
  /** Where an item was until its result comes. */
  readonly #left = new Map<number, { readonly place: number; readonly name: string }>();
  #busy = 0;

  get busy(): number {
    return this.#busy;
  }

  /** @param host the host that the item comes from, if it comes from one. */
  take(place: number, item: Item, now: number, host?: string): void {
    if (this.#slots[place] === undefined) this.#busy += 1;
    this.#slots[place] = { working: { ...item, since: Math.round(now) }, host };
  }

  free(place: number): void {
    const slot = this.#slots[place];
    if (slot === undefined) return;
    this.#busy -= 1;
    this.#slots[place] = undefined;
    const { index, name } = slot.working;
    this.#left.set(index, { place, name });
  }

  /** An item has ended. @param stages how long its parts took, if that is known. */
  settle(index: number, stages: StageMs | undefined): void {
    const left = this.#left.get(index);
    if (left === undefined) return;
    this.#left.delete(index);
    if (stages !== undefined) this.#last[left.place] = { name: left.name, stages };
  }

  /** The hosts that as many slots work for as each may have. */
  fullHosts(atOnceOf: (host: string) => number | undefined): string[] {
    const slots = new Map<string, number>();
    for (const slot of this.#slots) {
      if (slot?.host !== undefined) slots.set(slot.host, (slots.get(slot.host) ?? 0) + 1);
    }
    return [...slots]
      .filter(([host, count]) => count >= (atOnceOf(host) ?? Number.POSITIVE_INFINITY))
      .map(([host]) => host);
  }

  /** Slots beyond the pool size are listed while an item that started before the pool shrank is still in them. */
  list(poolSize: number): Lane[] {
    const last = this.#slots.findLastIndex((slot) => slot !== undefined);
    return Array.from({ length: Math.max(poolSize, last + 1) }, (_, slot) => {
      const working = this.#slots[slot]?.working;
      const lastItem = this.#last[slot];
      return { slot, ...(working && { working }), ...(lastItem && { last: lastItem }) };
    });
  }
}
