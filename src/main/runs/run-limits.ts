import { type Limit, LiveLimits } from '../../engine/index.ts';
import type { LimitChange } from '../../shared/limits/limit-change.ts';
import type { HostsStanding } from '../../shared/progress/hosts-standing.ts';
import type { FetchRecipe } from '../../shared/recipe.ts';

/** What limits a run, how far its hosts are, and what a person changes of that. */
export class RunLimits {
  readonly live = new LiveLimits();
  readonly #perHost: number | undefined;
  #limit: Limit | undefined;
  #hosts: HostsStanding | undefined;
  #bandwidth: number | undefined;

  /** @param recipe of a run that fetches. */
  constructor(recipe: Pick<FetchRecipe, 'perHost' | 'bandwidth'> | undefined) {
    this.#perHost = recipe?.perHost;
    this.#bandwidth = recipe?.bandwidth;
  }

  /** @throws RangeError if it cannot be done. */
  change(change: LimitChange): void {
    this.live.change(change);
    if (change.kind === 'bandwidth') this.#bandwidth = change.bytesPerSecond;
    this.forget();
  }

  found(limit: Limit | undefined): void {
    this.#limit = limit;
  }

  /** What was found before a change does not hold any more; the engine tells anew what does. */
  forget(): void {
    this.#limit = undefined;
  }

  heard(hosts: HostsStanding): void {
    this.#hosts = hosts;
  }

  /** In bytes a second; undefined where it is not limited. */
  get bandwidth(): number | undefined {
    return this.#bandwidth;
  }

  get limit(): Limit | undefined {
    return this.#limit;
  }

  /** As last told, with what was changed since. */
  get hosts(): HostsStanding | undefined {
    if (this.#hosts === undefined) return undefined;
    const hosts = this.#hosts.hosts.map((each) => ({
      ...each,
      atOnce: this.live.atOnceOf(each.host).own ?? each.atOnce,
      isHeld: this.live.isHeld(each.host),
    }));
    return { ...this.#hosts, hosts };
  }

  /** How many requests at once a host gets; undefined in a run without hosts. */
  atOnceOf(host: string): number | undefined {
    const { own, all } = this.live.atOnceOf(host);
    const told = this.#hosts?.hosts.find((each) => each.host === host)?.atOnce;
    return own ?? told ?? all ?? this.#perHost;
  }
}
