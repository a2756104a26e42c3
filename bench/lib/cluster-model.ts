import { groupCount, groupOf } from '../../src/engine/cluster/buckets/group-of.ts';
import { planBuckets } from '../../src/engine/cluster/buckets/plan-buckets.ts';
import { type SlotsOfBucket, WorkerSlots } from '../../src/engine/cluster/queue/slots/worker-slots.ts';
import { EventHeap } from './event-heap.ts';

export interface ClusterModel {
  readonly items: number;
  readonly hosts: number;
  /** Zipf's: the host of rank r has items in proportion to 1 / r^exponent. */
  readonly exponent: number;
  readonly workers: number;
  /** Requests in flight at once at one worker. */
  readonly poolSize: number;
  readonly perHost: number;
  /** The most buckets of a worker at once. */
  readonly mostBuckets: number;
  /** A host's usual time to answer. */
  readonly latencyMs: number;
  /** From a worker's wish for a bucket to its first request: it is handed out, and its threads boot. */
  readonly handOutMs: number;
  readonly bucketsAWorker: number;
  readonly target?: number;
}

export interface Simulated {
  readonly makespanMs: number;
  /** When nine of ten items were done. */
  readonly mostlyMs: number;
  /** All requests' time on all workers' slots. */
  readonly workMs: number;
  /** The time of the host that needs longest, by its own limit. */
  readonly hostMs: number;
  readonly buckets: number;
  readonly largestHost: number;
  readonly planMs: number;
}

/** How far from the best that any order could reach. */
export function overBound({ makespanMs, workMs, hostMs }: Simulated): number {
  return makespanMs / Math.max(workMs, hostMs);
}

/**
 * A list worked off by many workers, in virtual time. The buckets are those of the product, and so is the code that says who
 * may use how many of a worker's slots and when it takes a further bucket; what is asserted at each start
 * is that the host is asked by one worker only, and by no more requests at once than its limit.
 */
export function simulate(model: ClusterModel): Simulated {
  return new Simulation(model).run();
}

class ActiveBucket {
  /** Items that have not ended. */
  left: number;
  readonly slots: SlotsOfBucket;
  /** Hosts that may be asked now, in turn. */
  readonly #row: number[] = [];
  #next = 0;

  constructor(items: number, slots: SlotsOfBucket) {
    this.left = items;
    this.slots = slots;
  }

  list(host: number): void {
    this.#row.push(host);
  }

  take(): number | undefined {
    const host = this.#row[this.#next];
    if (host === undefined) return undefined;
    this.#next += 1;
    // What has been taken is dropped from time to time.
    if (this.#next > 1_000) this.#row.splice(0, this.#next);
    this.#next %= 1_001;
    return host;
  }
}

interface Worker {
  readonly slots: WorkerSlots;
  inFlight: number;
  /** The buckets that are handed out and not yet there. */
  readonly coming: { readonly number: number; readonly slots: SlotsOfBucket }[];
  /** When it looks next whether to take one. */
  looksAt: number;
}

const nobody = -1;

class Simulation {
  readonly #model: ClusterModel;
  readonly #waiting: Int32Array;
  readonly #inFlight: Int32Array;
  readonly #isReady: Uint8Array;
  readonly #askedBy: Int32Array;
  readonly #latencyMs: Float64Array;
  readonly #spentMs: Float64Array;
  readonly #bucketOf: Uint32Array;
  readonly #hostsOf: readonly number[][];
  readonly #sizes: readonly number[];
  /** By number, once they have been taken. */
  readonly #active: ActiveBucket[] = [];
  readonly #workers: readonly Worker[];
  readonly #events: EventHeap;
  readonly #random = randomNumbers(1);
  readonly #planMs: number;
  readonly #largestHost: number;
  #now = 0;
  #nextBucket = 0;

  constructor(model: ClusterModel) {
    const { hosts, workers, poolSize, latencyMs } = model;
    this.#model = model;
    this.#waiting = zipf(model);
    this.#largestHost = this.#waiting[0] ?? 0;
    this.#inFlight = new Int32Array(hosts);
    this.#isReady = new Uint8Array(hosts);
    this.#askedBy = new Int32Array(hosts).fill(nobody);
    this.#spentMs = new Float64Array(hosts);
    // Some hosts are ten times as slow as others.
    this.#latencyMs = Float64Array.from(
      { length: hosts },
      () => latencyMs * Math.exp(0.6 * normal(this.#random)),
    );
    const before = performance.now();
    const groups = Uint32Array.from({ length: hosts }, (_, host) => groupOf(`host${host}.example`));
    const counts = new Uint32Array(groupCount);
    for (const [host, group] of groups.entries())
      counts[group] = (counts[group] ?? 0) + (this.#waiting[host] ?? 0);
    const { bucketOfGroup, sizes } = planBuckets(counts, {
      leastBuckets: workers * model.bucketsAWorker,
      ...(model.target !== undefined && { target: model.target }),
    });
    this.#planMs = performance.now() - before;
    this.#sizes = sizes;
    this.#bucketOf = groups.map((group) => bucketOfGroup[group] as number);
    const hostsOf: number[][] = sizes.map(() => []);
    for (const [host, bucket] of this.#bucketOf.entries()) hostsOf[bucket]?.push(host);
    this.#hostsOf = hostsOf;
    this.#workers = Array.from({ length: workers }, () => ({
      slots: new WorkerSlots({ most: model.mostBuckets, now: () => this.#now }),
      inFlight: 0,
      coming: [],
      looksAt: Number.POSITIVE_INFINITY,
    }));
    // Of a worker: its requests, the buckets that come, and two looks, one of which is for nothing.
    this.#events = new EventHeap(workers * (poolSize + model.mostBuckets + 2));
  }

  run(): Simulated {
    const { workers, poolSize, perHost, items } = this.#model;
    for (const at of this.#workers.keys()) this.#look(at);
    let ended = 0;
    let mostlyMs = 0;
    while (this.#events.size > 0) {
      this.#now = this.#events.time;
      const event = this.#events.pop();
      if (event < -workers) this.#begin(-event - 1 - workers);
      else if (event < 0) this.#lookNow(-event - 1);
      else {
        this.#end(event);
        ended += 1;
        if (ended === Math.ceil(items * 0.9)) mostlyMs = this.#now;
      }
    }
    if (ended !== items) throw new Error(`Expected ${items} items to end, got ${ended}.`);
    const spentMs = this.#spentMs.reduce((sum, ms) => sum + ms, 0);
    return {
      makespanMs: this.#now,
      mostlyMs,
      workMs: spentMs / (workers * poolSize),
      hostMs: this.#spentMs.reduce((most, ms) => Math.max(most, ms), 0) / perHost,
      buckets: this.#sizes.length,
      largestHost: this.#largestHost,
      planMs: this.#planMs,
    };
  }

  #lookNow(at: number): void {
    const worker = this.#workers[at] as Worker;
    if (worker.looksAt <= this.#now) worker.looksAt = Number.POSITIVE_INFINITY;
    this.#look(at);
  }

  /** Has a worker take a bucket, if it is time for that, or look again then. */
  #look(at: number): void {
    const worker = this.#workers[at] as Worker;
    while (this.#nextBucket < this.#sizes.length && worker.slots.furtherAt <= this.#now) {
      worker.coming.push({ number: this.#nextBucket, slots: worker.slots.take() });
      this.#nextBucket += 1;
      this.#events.push(this.#now + this.#model.handOutMs, -at - 1 - this.#workers.length);
    }
    const { furtherAt } = worker.slots;
    if (this.#nextBucket >= this.#sizes.length || furtherAt >= worker.looksAt) return;
    if (worker.looksAt !== Number.POSITIVE_INFINITY) return;
    worker.looksAt = furtherAt;
    this.#events.push(furtherAt, -at - 1);
  }

  /** The bucket that a worker took first of those that are not there yet is there. */
  #begin(at: number): void {
    const worker = this.#workers[at] as Worker;
    const { number, slots } = worker.coming.shift() as Worker['coming'][number];
    const items = this.#sizes[number] as number;
    const bucket = new ActiveBucket(items, slots);
    this.#active[number] = bucket;
    for (const host of this.#hostsOf[number] as number[]) this.#list(host);
    slots.opens({
      size: () => this.#model.poolSize,
      items,
      mayWait: true,
      onRoom: () => this.#fill(at, worker, bucket),
    });
    worker.slots.offer();
    this.#look(at);
  }

  #fill(at: number, worker: Worker, bucket: ActiveBucket): void {
    while (bucket.slots.busy < bucket.slots.limit) {
      const host = bucket.take();
      if (host === undefined) return;
      this.#start(at, worker, bucket, host);
    }
  }

  #start(at: number, worker: Worker, bucket: ActiveBucket, host: number): void {
    const asks = this.#askedBy[host];
    if (asks !== nobody && asks !== at)
      throw new Error(`Host ${host} is asked by workers ${asks} and ${at}.`);
    if ((this.#inFlight[host] as number) >= this.#model.perHost)
      throw new Error(`Host ${host} is above its limit.`);
    this.#askedBy[host] = at;
    this.#isReady[host] = 0;
    this.#inFlight[host] = (this.#inFlight[host] as number) + 1;
    this.#waiting[host] = (this.#waiting[host] as number) - 1;
    worker.inFlight += 1;
    if (worker.inFlight > this.#model.poolSize) throw new Error(`Worker ${at} is above its pool size.`);
    bucket.slots.started();
    const ms = (this.#latencyMs[host] as number) * (0.5 + this.#random());
    this.#spentMs[host] = (this.#spentMs[host] as number) + ms;
    this.#events.push(this.#now + ms, host);
    this.#list(host);
  }

  #end(host: number): void {
    const at = this.#askedBy[host] as number;
    const worker = this.#workers[at] as Worker;
    this.#inFlight[host] = (this.#inFlight[host] as number) - 1;
    worker.inFlight -= 1;
    const bucket = this.#activeOf(host);
    bucket.left -= 1;
    this.#list(host);
    bucket.slots.itemEnded();
    bucket.slots.ended();
    if (bucket.left === 0) bucket.slots.close();
    this.#look(at);
  }

  #list(host: number): void {
    const isAllowed =
      (this.#waiting[host] as number) > 0 && (this.#inFlight[host] as number) < this.#model.perHost;
    if (!isAllowed || this.#isReady[host] === 1) return;
    this.#isReady[host] = 1;
    this.#activeOf(host).list(host);
  }

  #activeOf(host: number): ActiveBucket {
    return this.#active[this.#bucketOf[host] as number] as ActiveBucket;
  }
}

/** How many items each host has, the largest first. */
function zipf({ items, hosts, exponent }: ClusterModel): Int32Array {
  const weights = Float64Array.from({ length: hosts }, (_, host) => (host + 1) ** -exponent);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  let given = 0;
  return Int32Array.from(weights, (weight) => {
    sum += weight;
    const upTo = Math.round((items * sum) / all);
    const count = upTo - given;
    given = upTo;
    return count;
  });
}

/** Numbers from 0 to 1, the same ones each time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number of the normal distribution (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
