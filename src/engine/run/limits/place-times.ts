import type { FeedWait } from '../../pool/feed.ts';
import type { PlaceShares } from './run-measures.ts';

/** So many hosts are remembered for how long they held up items. */
const mostHosts = 200;

/** For how long the places of the pool were full, or what left them empty: sums of looks at short intervals. */
export class PlaceTimes {
  /** The time of all looks together, in milliseconds. */
  ms = 0;
  readonly #ms = { full: 0, reader: 0, hostLimit: 0, gap: 0, refusals: 0 };
  readonly #hosts = new Map<string, number>();

  /** @param wait why not all places are taken; `full` if they are; undefined for a reason that is none of these. */
  add(ms: number, wait: FeedWait | 'full' | undefined): void {
    this.ms += ms;
    if (wait === undefined) return;
    if (wait === 'full') this.#ms.full += ms;
    else if (wait.kind === 'reader') this.#ms.reader += ms;
    else if (wait.kind === 'host') {
      this.#ms[reasons[wait.by]] += ms;
      if (this.#hosts.has(wait.host) || this.#hosts.size < mostHosts) {
        this.#hosts.set(wait.host, (this.#hosts.get(wait.host) ?? 0) + ms);
      }
    }
  }

  get shares(): PlaceShares {
    const of = (ms: number) => (this.ms > 0 ? ms / this.ms : 0);
    const { full, reader, hostLimit, gap, refusals } = this.#ms;
    return {
      full: of(full),
      reader: of(reader),
      hostLimit: of(hostLimit),
      gap: of(gap),
      refusals: of(refusals),
    };
  }

  /** The host that held up items for most of the time, and its share of the time of all. */
  get worstHost(): { readonly name: string; readonly share: number } | undefined {
    let worst: [string, number] | undefined;
    let all = 0;
    for (const each of this.#hosts) {
      all += each[1];
      if (!worst || each[1] > worst[1]) worst = each;
    }
    return worst && { name: worst[0], share: worst[1] / all };
  }
}

const reasons = { limit: 'hostLimit', gap: 'gap', refusals: 'refusals' } as const;
