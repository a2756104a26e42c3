import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type HostsOfRun, SharedHosts } from './shared-hosts.ts';

it('leaves a host to the run that began first, from when that has something for it until it has no more', () => {
  const shared = new SharedHosts();
  const [first, second] = [shared.open(), shared.open()];
  const told: string[] = [];
  let restsIn = Number.POSITIVE_INFINITY;
  second.claim('a', { restsIn: () => restsIn, onFree: () => told.push('second') });
  expect(second.startsIn('a')).toBe(0);
  first.claim('a', { restsIn: () => 0, onFree: () => told.push('first') });
  // What the second has in flight ends, and the gap after it is kept.
  expect([first.startsIn('a'), second.startsIn('a')]).toEqual([
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ]);
  restsIn = 40;
  second.hasEndedOne('a');
  expect([told, first.startsIn('a')]).toEqual([['first'], 40]);
  restsIn = 0;
  expect([first.startsIn('a'), second.startsIn('a')]).toEqual([0, Number.POSITIVE_INFINITY]);
  first.release('a');
  expect([told, second.startsIn('a')]).toEqual([['first', 'second'], 0]);
});

it('has no two runs ask a host at once, and all of them come to their end', () => {
  const runs = fc.array(fc.array(fc.nat(3), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(runs, fc.infiniteStream(fc.nat(1_000)), (lists, random) => {
      const shared = new SharedHosts();
      const asking = new Map<string, Set<number>>();
      const all = lists.map(
        (list, number) => new VirtualRun(shared.open(), number, list.map(String), asking),
      );
      for (let steps = 0; all.some((run) => !run.isOver); steps += 1) {
        const able = all.flatMap((run) => run.steps());
        expect(able.length).toBeGreaterThan(0);
        able[random.next().value % able.length]?.();
        for (const who of asking.values()) expect(who.size).toBeLessThanOrEqual(1);
        expect(steps).toBeLessThan(1_000);
      }
    }),
  );
});

/** Reads its list item by item, and asks one after the other. */
class VirtualRun {
  readonly #hosts: HostsOfRun;
  readonly #number: number;
  #list: readonly string[];
  readonly #waiting: string[] = [];
  #asks: string | undefined;
  readonly #asking: Map<string, Set<number>>;

  constructor(hosts: HostsOfRun, number: number, list: readonly string[], asking: Map<string, Set<number>>) {
    this.#hosts = hosts;
    this.#number = number;
    this.#list = list;
    this.#asking = asking;
  }

  get isOver(): boolean {
    return this.#list.length === 0 && this.#waiting.length === 0 && this.#asks === undefined;
  }

  /** What it can do now. */
  steps(): (() => void)[] {
    const steps: (() => void)[] = [];
    if (this.#list.length > 0) steps.push(() => this.#read());
    if (this.#asks !== undefined) steps.push(() => this.#end());
    else
      for (const host of new Set(this.#waiting))
        if (this.#hosts.startsIn(host) === 0) steps.push(() => this.#ask(host));
    return steps;
  }

  #read(): void {
    const [host = '', ...rest] = this.#list;
    this.#list = rest;
    if (!this.#waiting.includes(host) && this.#asks !== host)
      this.#hosts.claim(host, {
        restsIn: () => (this.#asks === host ? Number.POSITIVE_INFINITY : 0),
        onFree: () => {},
      });
    this.#waiting.push(host);
  }

  #ask(host: string): void {
    this.#waiting.splice(this.#waiting.indexOf(host), 1);
    this.#asks = host;
    this.#asking.set(host, (this.#asking.get(host) ?? new Set()).add(this.#number));
  }

  #end(): void {
    const host = this.#asks ?? '';
    this.#asks = undefined;
    this.#asking.get(host)?.delete(this.#number);
    this.#hosts.hasEndedOne(host);
    if (!this.#waiting.includes(host)) this.#hosts.release(host);
  }
}
