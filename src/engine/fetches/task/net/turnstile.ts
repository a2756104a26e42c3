/**
 * Lets a few callers in at a time; the others wait in order of arrival, and leave when that takes too long: what is inside
 * may be stuck.
 */
export class Turnstile {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(places: number) {
    this.#free = places;
  }

  /** @returns undefined if there was no place within the time, in milliseconds. */
  async pass<Value>(work: () => Promise<Value>, withinMs: number): Promise<Value | undefined> {
    if (!(await this.#enter(withinMs))) return undefined;
    try {
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next) next();
      else this.#free += 1;
    }
  }

  #enter(withinMs: number): Promise<boolean> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve(true);
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const leave = (isIn: boolean): void => {
      clearTimeout(timer);
      this.#waiting.delete(enter);
      resolve(isIn);
    };
    const enter = (): void => leave(true);
    const timer = setTimeout(() => leave(false), withinMs);
    this.#waiting.add(enter);
    return promise;
  }
}
