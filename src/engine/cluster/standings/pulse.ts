import type { HostsStanding } from '../../../shared/progress/hosts-standing.ts';
import { RecentRate } from '../../../shared/progress/recent-rate.ts';
import { bytesWritten, type ItemResult } from '../../../shared/result.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { hostsTogether } from './hosts-together.ts';
import type { BucketStanding, WorkerStanding } from './worker-standing.ts';

const everyMs = 1_000;
/** A worker tells of so many hosts, however many buckets it has: whoever follows reads that every second. */
const mostHosts = 40;

/** Tells again and again what a worker does. */
export class Pulse {
  readonly #tell: (standing: WorkerStanding) => Promise<void>;
  readonly #since = new Date().toISOString();
  readonly #rate = new RecentRate(performance.now());
  readonly #buckets = new Set<BucketPulse>();
  #timer: NodeJS.Timeout | undefined;
  #isTelling = false;
  #ended = 0;
  #places = 0;

  constructor(tell: (standing: WorkerStanding) => Promise<void>) {
    this.#tell = tell;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#beat(), everyMs);
    void this.#beat();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** A bucket of the worker, until it is disposed of. */
  begin(work: BucketAtWork): BucketPulse {
    const pulse = new BucketPulse(work, {
      onEnded: () => {
        this.#ended += 1;
      },
      onOver: () => this.#buckets.delete(pulse),
    });
    this.#buckets.add(pulse);
    return pulse;
  }

  standing(now = performance.now()): WorkerStanding {
    const buckets = [...this.#buckets];
    // They share the places of the worker, and the last ones are remembered between two buckets.
    if (buckets.length > 0) this.#places = Math.max(...buckets.map(({ places }) => places));
    const each = Math.ceil(mostHosts / Math.max(1, buckets.length));
    return {
      since: this.#since,
      places: this.#places,
      busy: buckets.reduce((sum, { busy }) => sum + busy, 0),
      perSecond: Math.round(this.#rate.measure(now, this.#ended, 0).perSecond * 10) / 10,
      buckets: buckets.map((bucket) => bucket.standing(each)),
    };
  }

  /** A queue that is lost takes nothing: what could not be told is told when it is back, and once. */
  async #beat(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    // A queue that is full tells that of what matters, too.
    await this.#tell(this.standing()).catch(() => {});
    this.#isTelling = false;
  }
}

export interface BucketAtWork {
  readonly run: string;
  readonly bucket: number;
  readonly items: number;
  readonly poolSize: RunOptions['poolSize'];
}

interface Listener {
  onEnded(): void;
  onOver(): void;
}

/** How far one bucket is. */
export class BucketPulse implements Disposable {
  readonly #work: BucketAtWork;
  readonly #listener: Listener;
  readonly #taken = new Set<number>();
  readonly #counts = { done: 0, skipped: 0, failed: 0, bytesIn: 0, bytesOut: 0 };
  #hosts: HostsStanding | undefined;

  constructor(work: BucketAtWork, listener: Listener) {
    this.#work = work;
    this.#listener = listener;
  }

  /** What an earlier worker did of it. */
  adopt(result: Pick<ItemResult, 'status' | 'bytesIn' | 'bytesOut' | 'thumbnail'>): void {
    const { status, bytesIn = 0 } = result;
    if (status === 'cancelled') return;
    this.#counts[status] += 1;
    this.#counts.bytesIn += bytesIn;
    this.#counts.bytesOut += bytesWritten(result);
  }

  add(result: ItemResult): void {
    this.adopt(result);
    if (result.status !== 'cancelled') this.#listener.onEnded();
  }

  /** What the run of the bucket tells beside its results. */
  readonly listens: Pick<RunOptions, 'onPlace' | 'onHosts'> = {
    onPlace: (place, item) => {
      if (item) this.#taken.add(place);
      else this.#taken.delete(place);
    },
    onHosts: (hosts) => {
      this.#hosts = hosts;
    },
  };

  get places(): number {
    const { poolSize } = this.#work;
    if (typeof poolSize === 'object') return poolSize.size;
    return typeof poolSize === 'number' ? poolSize : 0;
  }

  get busy(): number {
    return this.#taken.size;
  }

  standing(mostHosts: number): BucketStanding {
    const { run, bucket, items } = this.#work;
    const hosts = this.#hosts && hostsTogether([this.#hosts], mostHosts);
    return { run, bucket, items, ...this.#counts, ...(hosts && { hosts }) };
  }

  [Symbol.dispose](): void {
    this.#listener.onOver();
  }
}
