import type { HostStanding, HostsStanding } from '../../../shared/progress/hosts-standing.ts';
import { RecentRate } from '../../../shared/progress/recent-rate.ts';

/** So many hosts are told of. */
const mostTold = 20;
/** So many hosts without anything left are remembered: a run may meet a million. Those with something left are few. */
const mostDone = 500;

interface Part {
  left: number;
  ended: number;
  failed: number;
  inFlight: number;
  beganAt: number;
  rate: RecentRate | undefined;
}

export type HostTimes = Pick<HostStanding, 'p50' | 'p95'>;

/** What else is known of a host. */
export interface HostLook extends Pick<HostStanding, 'atOnce' | 'isHeld'> {
  /** Whether the host itself keeps its items waiting, and not the pool. */
  readonly isBound: boolean;
}

/**
 * Counts the items of each host. Only hosts of items that have been read are known, so that memory is bounded by how far
 * a run reads ahead. An item belongs to the host that it was listed with, wherever redirects lead.
 */
export class HostProgress {
  readonly #parts = new Map<string, Part>();
  readonly #done = new Set<string>();

  planned(host: string): void {
    let part = this.#parts.get(host);
    if (!part) {
      part = { left: 0, ended: 0, failed: 0, inFlight: 0, beganAt: 0, rate: undefined };
      this.#parts.set(host, part);
    }
    part.left += 1;
    this.#done.delete(host);
  }

  began(host: string, now: number): void {
    const part = this.#parts.get(host);
    if (!part) return;
    part.inFlight += 1;
    if (part.rate) return;
    part.beganAt = now;
    part.rate = new RecentRate(now);
  }

  /** An item is not in flight any more. @param end how it ended; undefined if it comes back. */
  left(host: string, end: 'failed' | 'other' | undefined): void {
    const part = this.#parts.get(host);
    if (!part) return;
    part.inFlight -= 1;
    if (end === undefined) return;
    part.left -= 1;
    part.ended += 1;
    if (end === 'failed') part.failed += 1;
    if (part.left > 0) return;
    this.#done.add(host);
    const [oldest] = this.#done;
    if (this.#done.size <= mostDone || oldest === undefined) return;
    this.#done.delete(oldest);
    this.#parts.delete(oldest);
  }

  /** @param timesOf how soon a host answers: asked only of those that are told of. */
  standing(
    now: number,
    lookAt: (host: string) => HostLook,
    timesOf: (host: string) => HostTimes = () => ({}),
  ): HostsStanding {
    let slowest: HostsStanding['slowest'];
    let mostAtOnce = 0;
    let allLeft = 0;
    let hostsLeft = 0;
    let heldLeft = 0;
    const told: HostStanding[] = [];
    for (const [host, part] of this.#parts) {
      const { left, failed, ended } = part;
      const { isBound, ...look } = lookAt(host);
      const perSecond = part.rate?.measure(now, ended, 0).perSecond ?? 0;
      if (left > 0) {
        hostsLeft += 1;
        allLeft += left;
        if (look.isHeld) heldLeft += left;
        else mostAtOnce += Math.min(left, look.atOnce);
        const seconds = isBound && !look.isHeld ? secondsOf(part, perSecond, look.atOnce, now) : 0;
        if (seconds > (slowest?.seconds ?? 0)) slowest = { host, seconds };
      }
      keepMost(told, { host, left, failed, ...look, ...(ended > 0 && { perSecond }) });
    }
    const leftOfTold = told.reduce((sum, each) => sum + each.left, 0);
    const toldWithLeft = told.filter(({ left }) => left > 0).length;
    const more = { hosts: hostsLeft - toldWithLeft, left: allLeft - leftOfTold };
    const hosts = told.map((each) => ({ ...each, ...timesOf(each.host) }));
    return { hosts, more, heldLeft, mostAtOnce, ...(slowest && { slowest }) };
  }
}

/** Before a host has answered once, what it makes wait is the least that each of its items will take. */
function secondsOf(
  { left, ended, inFlight, beganAt }: Part,
  perSecond: number,
  atOnce: number,
  now: number,
): number {
  if (ended > 0) return perSecond > 0 ? left / perSecond : 0;
  if (inFlight === 0) return 0;
  return ((Math.ceil(left / atOnce) - 1) * (now - beganAt)) / 1_000;
}

/** Adds to a list that is as long as it may be: what is held first, and then by what is left. */
function keepMost(told: HostStanding[], one: HostStanding): void {
  const last = told.at(-1);
  if (told.length === mostTold && last !== undefined && !isBefore(one, last)) return;
  const place = told.findIndex((each) => isBefore(one, each));
  told.splice(place === -1 ? told.length : place, 0, one);
  if (told.length > mostTold) told.pop();
}

function isBefore(one: HostStanding, other: HostStanding): boolean {
  return one.isHeld === other.isHeld ? one.left > other.left : one.isHeld;
}
