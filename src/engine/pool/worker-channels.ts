import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Failure } from '../../shared/failure.ts';
import type { LaneOrders, LaneOutcomes, LanePayload } from './threads/channel.ts';
import type { Outcome } from './threads/protocol.ts';
import type { PoolRun } from './worker-pool.ts';

/** What the items of all lanes are done by, and what they share. */
export type LaneTask = Omit<LanePayload, 'port'>;

/**
 * Many light items on few threads: one long task of the pool in each thread, fed by a port of its own. An item
 * goes to the lane that holds the fewest. For tasks that wait; the number in flight is the caller's to bound.
 */
export class Lanes {
  readonly #run: PoolRun;
  readonly #task: LaneTask;
  readonly #lanes: Lane[];

  /** @param threads as many as the pool has, each with a place for a task. */
  constructor(run: PoolRun, task: LaneTask, threads: number) {
    this.#run = run;
    this.#task = task;
    this.#lanes = Array.from({ length: threads }, () => new Lane(run, task));
  }

  /** Resolves when all threads have booted: what is given to them before waits until then. */
  async ready(): Promise<void> {
    await Promise.all(this.#lanes.map(({ started }) => started));
  }

  /** Never rejects: what goes wrong is the outcome. */
  execute<Value>(payload: unknown): Promise<Outcome<Value>> {
    return this.#idlest().execute<Value>(payload);
  }

  /** Ends the lanes; nothing is in flight any more. */
  close(): void {
    for (const lane of this.#lanes) lane.close();
  }

  /** A lane whose thread has died is opened anew, which has the pool start another thread. */
  #idlest(): Lane {
    let idlest: Lane | undefined;
    for (const [index, lane] of this.#lanes.entries()) {
      if (lane.ended) {
        const opened = new Lane(this.#run, this.#task);
        this.#lanes[index] = opened;
        return opened;
      }
      if (!idlest || lane.held < idlest.held) idlest = lane;
    }
    if (!idlest) throw new RangeError('Expected at least one lane');
    return idlest;
  }
}

class Lane {
  ended = false;
  /** Resolves when its thread takes items; also where it has ended instead. */
  readonly started: Promise<void>;
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, (outcome: Outcome<unknown>) => void>();
  #orders: [id: number, payload: unknown][] = [];
  #nextId = 0;

  constructor(run: PoolRun, task: LaneTask) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const { promise, resolve: start } = Promise.withResolvers<void>();
    this.started = promise;
    port1.on('message', (outcomes: LaneOutcomes) => {
      start();
      for (const [id, outcome] of outcomes) {
        this.#waiting.get(id)?.(outcome);
        this.#waiting.delete(id);
      }
    });
    void run.execute('lane', { ...task, port: port2 } satisfies LanePayload, [port2]).then((outcome) => {
      this.ended = true;
      start();
      port1.close();
      this.#endAll(outcome.status === 'failed' ? outcome.error : undefined);
    });
  }

  /** Items that have been given to it and have not ended. */
  get held(): number {
    return this.#waiting.size;
  }

  execute<Value>(payload: unknown): Promise<Outcome<Value>> {
    const id = this.#nextId;
    this.#nextId += 1;
    if (this.#orders.length === 0) setImmediate(() => this.#send());
    this.#orders.push([id, payload]);
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve as (outcome: Outcome<unknown>) => void);
    });
  }

  close(): void {
    this.#port.close();
  }

  #send(): void {
    const orders = this.#orders;
    this.#orders = [];
    this.#port.postMessage(orders satisfies LaneOrders);
  }

  /** The thread has ended with all it held: failed where it died, cancelled where it was ended. */
  #endAll(error: Failure | undefined): void {
    for (const resolve of this.#waiting.values()) {
      resolve(error ? { status: 'failed', error, ms: 0 } : { status: 'cancelled', ms: 0 });
    }
    this.#waiting.clear();
  }
}
