import type { Socket } from 'node:net';
import { enough, type Receiver, type TransferWatch } from '../../../protocol/exchange.ts';
import { type AttemptError, timedOut, toAttemptError } from '../../../protocol/fetch-errors.ts';
import { lost, ResponseParser } from './response-parser.ts';

/** One request on its way, and its receiver. */
export interface Order {
  readonly url: string;
  /** The request's bytes, in Latin-1. */
  readonly request: string;
  readonly receiver: Receiver;
  readonly timeoutMs: number;
  /** Whether the connection may be used for another request afterwards. */
  readonly keep: boolean;
  readonly watch: TransferWatch | undefined;
  readonly resolve: () => void;
  readonly reject: (error: AttemptError) => void;
}

export interface ConnectionEvents {
  /** Called when an answer is complete and the connection is free for another request. */
  onFree(): void;
  /** Called when the connection cannot be used any more. */
  onGone(): void;
  /** Called if the server had closed the connection before the request arrived: another connection must repeat it. */
  onStale(order: Order): void;
}

/** A connection that serves one request after the other. The socket's data is passed to `read`. */
export class Connection {
  /** When it became idle, by `performance.now()`. */
  idleSince = 0;
  readonly #socket: Socket;
  readonly #events: ConnectionEvents;
  #order: Order | undefined;
  #parser: ResponseParser | undefined;
  #served = 0;
  #connected = false;
  #gone = false;
  /** One timer for all phases of all requests, restarted by each: that is much cheaper than one for each. */
  #timer: NodeJS.Timeout | undefined;
  #pause: NodeJS.Timeout | undefined;
  /** Limits the time for a body that nobody wants. */
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

  /** Call when the socket is connected. @param refused the reason if its address is not allowed. */
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

  /** Handles data from the socket. @returns whether to go on reading. */
  read(chunk: Buffer): boolean {
    const parser = this.#parser;
    if (!parser) {
      // Data without a request: the next answer could not be trusted.
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
    // Each part of the answer gets the whole time-out.
    if (parser.body > body || parser.headSeen !== headSeen) this.#timer?.refresh();
    if (parser.bodyWithinMs !== undefined && !parser.done)
      this.#bound ??= setTimeout(() => this.#end(enough), parser.bodyWithinMs);
    if (wait > 0) {
      // Pauses even after the last chunk: a file that arrives in one piece has used bandwidth as well. TLS hands on what
      // it has decrypted already, pause or not.
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.#goOn(), wait);
    }
    if (this.#pause) return false;
    if (parser.done) this.#finish(parser.reusable);
    return !this.#gone;
  }

  /** Closes the connection, and ends the request in progress on it. */
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
    if (reusable && order?.keep) this.#events.onFree();
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
    // The whole answer had arrived and was only held back.
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
    this.#events.onGone();
    if (!order) return;
    if (reason === enough) order.resolve();
    else if (this.#served > 0 && parser?.untouched && isLost(reason)) this.#events.onStale(order);
    else order.reject(toAttemptError(reason, order.url, parser?.headSeen ?? false));
  }
}

/** Whether the connection was closed without an answer: that is always possible when it is reused (RFC 9112, 9.3.1). */
function isLost(reason: unknown): boolean {
  const code = reason instanceof Error && 'code' in reason ? reason.code : undefined;
  return code === 'CONNECTION_LOST' || code === 'ECONNRESET' || code === 'EPIPE';
}
