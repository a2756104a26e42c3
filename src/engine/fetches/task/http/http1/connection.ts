import type { Socket } from 'node:net';
import { enough, type Receiver } from '../../../protocol/exchange.ts';
import { type AttemptError, timedOut, toAttemptError } from '../../../protocol/fetch-errors.ts';
import { lost, ResponseParser } from './response-parser.ts';

/** One request on its way, and who waits for it. */
export interface Order {
  readonly url: string;
  /** The request's bytes, in Latin-1. */
  readonly request: string;
  readonly receiver: Receiver;
  readonly timeoutMs: number;
  /** Whether the connection may serve another request afterwards. */
  readonly keep: boolean;
  readonly resolve: () => void;
  readonly reject: (error: AttemptError) => void;
}

export interface ConnectionEvents {
  /** An answer has come whole, and the connection is free for another request. */
  onFree(connection: Connection): void;
  /** It will not serve again. */
  onGone(connection: Connection): void;
  /** The server had closed the connection before the request came: to be asked again by another one. */
  onStale(order: Order): void;
}

/** A socket that serves one request after the other. Its socket's data is handed to `read`. */
export class Connection {
  /** When it fell idle, by `performance.now()`. */
  idleSince = 0;
  readonly #socket: Socket;
  readonly #events: ConnectionEvents;
  #order: Order | undefined;
  #parser: ResponseParser | undefined;
  #served = 0;
  #connected = false;
  #gone = false;
  /** One timer for all phases of all requests, started afresh by each: it costs next to nothing that way. */
  #timer: NodeJS.Timeout | undefined;
  #pause: NodeJS.Timeout | undefined;
  /** Ends a body that nobody wants, if it takes too long. */
  #bound: NodeJS.Timeout | undefined;
  #failure: unknown;

  constructor(socket: Socket, events: ConnectionEvents) {
    this.#socket = socket;
    this.#events = events;
    socket.on('error', (error) => {
      this.#failure = error;
    });
    socket.on('end', () => this.#onEnd());
    socket.on('close', () => this.#onClose());
  }

  /** @param refused why the address that was connected to may not be asked. */
  connected(refused: Error | undefined): void {
    this.#connected = true;
    if (refused) this.#end(refused);
    else if (this.#order) this.#send(this.#order);
  }

  serve(order: Order): void {
    this.#order = order;
    this.#parser = new ResponseParser(order.url, order.receiver);
    this.#timer ??= setTimeout(() => this.#onTimeout(), order.timeoutMs).unref();
    if (this.#connected) this.#send(order);
    else this.#timer.refresh();
  }

  /** Takes what the socket has read. @returns whether to go on reading. */
  read(chunk: Buffer): boolean {
    const parser = this.#parser;
    if (!parser) {
      // Nobody asked: whatever this is, the next answer could not be trusted.
      this.#end(undefined);
      return false;
    }
    let wait: number;
    const { body, headSeen } = parser;
    try {
      wait = parser.feed(chunk);
    } catch (error) {
      this.#end(error);
      return false;
    }
    // Each part of the answer has the whole time-out to come.
    if (parser.body > body || parser.headSeen !== headSeen) this.#timer?.refresh();
    if (parser.bodyWithinMs !== undefined && !parser.done)
      this.#bound ??= setTimeout(() => this.#end(enough), parser.bodyWithinMs);
    if (wait > 0) {
      // Also where this was all of it: a file that comes in one piece has taken its share of the line as well.
      this.#pause = setTimeout(() => this.#goOn(), wait);
      return false;
    }
    if (parser.done) this.#finish(parser.reusable);
    return !this.#gone;
  }

  /** Ends it, and what is under way on it. */
  end(reason: AttemptError | undefined): void {
    this.#end(reason);
  }

  #send({ request }: Order): void {
    this.#timer?.refresh();
    this.#socket.write(request, 'latin1');
  }

  #goOn(): void {
    this.#pause = undefined;
    this.#timer?.refresh();
    if (this.#parser?.done) this.#finish(this.#parser.reusable);
    if (!this.#gone) this.#socket.resume();
  }

  #finish(reusable: boolean): void {
    const order = this.#order;
    clearTimeout(this.#bound);
    this.#bound = undefined;
    this.#order = undefined;
    this.#parser = undefined;
    this.#served += 1;
    if (reusable && order?.keep) this.#events.onFree(this);
    else this.#end(undefined);
    order?.resolve();
  }

  #onEnd(): void {
    try {
      this.#parser?.end();
    } catch (error) {
      this.#end(error);
      return;
    }
    if (this.#order) this.#finish(false);
    else this.#end(undefined);
  }

  #onClose(): void {
    // All of it had come, and was only held back.
    if (this.#parser?.done) this.#finish(false);
    this.#end(this.#failure ?? (this.#order && lost(this.#order.url)));
  }

  #onTimeout(): void {
    if (!this.#order || this.#pause) return;
    const phase = !this.#connected ? 'connect' : this.#parser?.headSeen ? 'body' : 'headers';
    this.#end(timedOut(phase, this.#order.url));
  }

  #end(reason: unknown): void {
    if (this.#gone) return;
    this.#gone = true;
    const order = this.#order;
    const parser = this.#parser;
    this.#order = undefined;
    this.#parser = undefined;
    clearTimeout(this.#timer);
    clearTimeout(this.#pause);
    clearTimeout(this.#bound);
    this.#socket.destroy();
    this.#events.onGone(this);
    if (!order) return;
    if (reason === enough) order.resolve();
    else if (this.#served > 0 && parser?.untouched && isLost(reason)) this.#events.onStale(order);
    else order.reject(toAttemptError(reason, order.url, parser?.headSeen ?? false));
  }
}

/** Whether the connection ended without a word: a kept one may always do that (RFC 9112, 9.3.1). */
function isLost(reason: unknown): boolean {
  const code = reason instanceof Error && 'code' in reason ? reason.code : undefined;
  return code === 'CONNECTION_LOST' || code === 'ECONNRESET' || code === 'EPIPE';
}
