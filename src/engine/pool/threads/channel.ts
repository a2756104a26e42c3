import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { OutcomeFlushSize } from './outcome-flush-size.ts';
import type { LoadedKind, Outcome } from './protocol.ts';

/** Main's message to a channel: the items that are ready, each with a number. */
export type LaneOrders = readonly (readonly [id: number, payload: unknown])[];
/** A channel's message to main: the outcomes of the items that have ended since the last message. */
export type LaneOutcomes = readonly (readonly [id: number, outcome: Outcome<unknown>])[];

export interface ChannelPayload {
  readonly kind: LoadedKind;
  /** Settings for all items of the channel: sent once, not with every item. */
  readonly settings: unknown;
  readonly port: MessagePort;
}

/** Runs one item of the channel's task, with the channel's own cancel slot. */
export type RunItem = (payload: unknown) => Promise<Outcome<unknown>>;

/**
 * A task that lasts as long as a run: it holds many items at once and exchanges them with main through a port of its
 * own. Items and outcomes are sent in small batches, because waking another thread costs more than many an item. Ends
 * when main closes the port.
 */
export function runChannel(port: MessagePort, runItem: RunItem): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let ended: [id: number, outcome: Outcome<unknown>][] = [];
  let flushing: NodeJS.Immediate | undefined;
  const together = new OutcomeFlushSize();
  const flush = (): void => {
    clearImmediate(flushing);
    flushing = undefined;
    const batch = ended;
    ended = [];
    together.look();
    port.postMessage(batch satisfies LaneOutcomes, memoryOf(batch));
  };
  const start = (orders: LaneOrders): void => {
    for (const [id, payload] of orders) void runItem(payload).then((outcome) => end(id, outcome));
  };
  const end = (id: number, outcome: Outcome<unknown>): void => {
    ended.push([id, outcome]);
    if (ended.length >= together.most) flush();
    else flushing ??= setImmediate(flush);
    // A hundred answers can arrive in one turn of the event loop: the next requests should start in between, not after.
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) start(next.message);
  };
  port.on('message', start);
  port.on('close', resolve);
  // Tells main that items sent from now on start at once.
  port.postMessage([] satisfies LaneOutcomes);
  return promise;
}

/** The buffers of bodies in memory, which are transferred instead of copied. */
function memoryOf(outcomes: LaneOutcomes): ArrayBuffer[] {
  const memory: ArrayBuffer[] = [];
  for (const [, outcome] of outcomes) {
    if (outcome.status !== 'done' || typeof outcome.value !== 'object' || outcome.value === null) continue;
    const { body } = outcome.value as { body?: unknown };
    if (body instanceof Uint8Array && body.buffer instanceof ArrayBuffer) memory.push(body.buffer);
  }
  return memory;
}
