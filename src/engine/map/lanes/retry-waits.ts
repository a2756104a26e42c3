import { waitBeforeTry } from '../common/tries.ts';
import type { Entry } from './entry.ts';

/** Items that wait for their next try. */
export class RetryWaits<Item, Value> {
  readonly #timers = new Map<Entry<Item, Value>, NodeJS.Timeout>();

  get size(): number {
    return this.#timers.size;
  }

  add(entry: Entry<Item, Value>, again: () => void): void {
    const onTime = (): void => {
      this.#timers.delete(entry);
      again();
    };
    this.#timers.set(entry, setTimeout(onTime, waitBeforeTry(entry.tries)));
  }

  /** Lets none of them wait any longer. */
  end(each: (entry: Entry<Item, Value>) => void = () => {}): void {
    for (const [entry, timer] of this.#timers) {
      clearTimeout(timer);
      each(entry);
    }
    this.#timers.clear();
  }
}
