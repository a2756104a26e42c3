import type { MessagePort } from 'node:worker_threads';
import type { LoadedKind, Outcome } from './protocol.ts';

/** What main posts to a lane: items under numbers of its own, as many as there are just now. */
export type LaneOrders = readonly (readonly [id: number, payload: unknown])[];
/** What a lane posts back: the outcomes of items that have ended since the last message. */
export type LaneOutcomes = readonly (readonly [id: number, outcome: Outcome<unknown>])[];

export interface LanePayload {
  readonly kind: LoadedKind;
  /** What all items of the lane share: sent once, not with every item. */
  readonly settings: unknown;
  readonly port: MessagePort;
}

/** Runs one item of the lane's task, with the lane's own cancel slot. */
export type RunItem = (payload: unknown) => Promise<Outcome<unknown>>;

/**
 * A task that lasts as long as a run: it holds many items at once and has a port of its own for them. Items come
 * and outcomes go in batches, those of one turn of the event loop in one message: waking another thread costs
 * more than many an item does. Ends when main closes the port.
 */
export function runLane(port: MessagePort, runItem: RunItem): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let ended: [id: number, outcome: Outcome<unknown>][] = [];
  const flush = (): void => {
    const batch = ended;
    ended = [];
    port.postMessage(batch satisfies LaneOutcomes);
  };
  port.on('message', (orders: LaneOrders) => {
    for (const [id, payload] of orders) {
      void runItem(payload).then((outcome) => {
        if (ended.length === 0) setImmediate(flush);
        ended.push([id, outcome]);
      });
    }
  });
  port.on('close', resolve);
  return promise;
}
