import type { LimitChange } from '../../../shared/limits/limit-change.ts';

/** So many hosts can be told apart by hand: more than that are changed together. */
const mostHosts = 1_000;

/**
 * The limits of one run of fetches that can be changed while it is on. What is in flight goes on; the next requests obey.
 * Hosts that turn requests away are asked more slowly than any of these allow.
 */
export class LiveLimits {
  #atOnce: number | undefined;
  readonly #atOnceOf = new Map<string, number>();
  readonly #held = new Set<string>();
  readonly #listeners = new Set<(change: LimitChange) => void>();

  /** How many requests at once were set by hand: for the host, or else for all. */
  atOnceOf(host: string): { readonly own?: number | undefined; readonly all?: number | undefined } {
    return { own: this.#atOnceOf.get(host), all: this.#atOnce };
  }

  /** Whether nothing new is asked of the host. */
  isHeld(host: string): boolean {
    return this.#held.has(host);
  }

  /** @throws RangeError if it cannot be done; nothing is changed then. */
  change(change: LimitChange): void {
    switch (change.kind) {
      case 'per-host':
        if (change.host === undefined) this.#atOnce = change.atOnce;
        else this.#atOnceOf.set(this.#known(this.#atOnceOf, change.host), change.atOnce);
        break;
      case 'hold':
        this.#held.add(this.#known(this.#held, change.host));
        break;
      case 'let-go':
        this.#held.delete(change.host);
        break;
    }
    for (const listener of this.#listeners) listener(change);
  }

  /** Calls `listener` after each change. Returns a function that removes it. */
  onChange(listener: (change: LimitChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #known(hosts: { readonly size: number; has(host: string): boolean }, host: string): string {
    if (hosts.size < mostHosts || hosts.has(host)) return host;
    throw new RangeError(`No more than ${mostHosts} hosts can be changed one by one.`);
  }
}
