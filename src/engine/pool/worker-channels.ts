import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Failure } from '../../shared/failure.ts';
import type { ChannelPayload, LaneOrders, LaneOutcomes } from './threads/channel.ts';
import type { Outcome } from './threads/protocol.ts';
import type { PoolRun } from './worker-pool.ts';

/** The task and settings that all channels have in common. */
export type LaneTask = Omit<ChannelPayload, 'port'>;

/**
 * Runs many light items on few threads: each thread runs one long task of the pool, fed through a port of its own. An
 * item goes to the channel with the fewest. For tasks that mostly wait; the caller bounds the number in flight.
 */
export class WorkerChannels {
  readonly #run: PoolRun;
  readonly #task: LaneTask;
  readonly #channels: Channel[];

  /** @param threads the number of threads of the pool, each with room for one task. */
  constructor(run: PoolRun, task: LaneTask, threads: number) {
    this.#run = run;
    this.#task = task;
    this.#channels = Array.from({ length: threads }, () => new Channel(run, task));
  }

  /** Resolves when all threads have booted: items given to them before wait until then. */
  async ready(): Promise<void> {
    await Promise.all(this.#channels.map(({ started }) => started));
  }

  /** Never rejects: a failure is part of the outcome. */
  execute<Value>(payload: unknown): Promise<Outcome<Value>> {
    return this.#idlest().execute<Value>(payload);
  }

  /** Ends the channels. Call when nothing is in flight any more. */
  close(): void {
    for (const channel of this.#channels) channel.close();
  }

  /**
   * The channel with the fewest items. One whose thread has died is opened again, which makes the pool start another.
   */
  #idlest(): Channel {
    let idlest: Channel | undefined;
    for (const [index, channel] of this.#channels.entries()) {
      if (channel.ended) {
        const opened = new Channel(this.#run, this.#task);
        this.#channels[index] = opened;
        return opened;
      }
      if (!idlest || channel.held < idlest.held) idlest = channel;
    }
    if (!idlest) throw new RangeError('Expected at least one channel');
    return idlest;
  }
}

class Channel {
  ended = false;
  /** Resolves when its thread accepts items, or has ended instead. */
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
    void run
      .execute('channel', { ...task, port: port2 } satisfies ChannelPayload, [port2])
      .then((outcome) => {
        this.ended = true;
        start();
        port1.close();
        this.#endAll(outcome.status === 'failed' ? outcome.error : undefined);
      });
  }

  /** The number of items given to it that have not ended. */
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

  /** The thread has ended with all its items: they failed if it died, and are cancelled if it was ended. */
  #endAll(error: Failure | undefined): void {
    for (const resolve of this.#waiting.values()) {
      resolve(error ? { status: 'failed', error, ms: 0 } : { status: 'cancelled', ms: 0 });
    }
    this.#waiting.clear();
  }
}
