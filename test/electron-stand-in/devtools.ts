import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from 'playwright-core';

/** A conversation with one target; its `close` says that the target has gone. Playwright's types, without Playwright. */
export type DevToolsSession = Pick<CDPSession, 'send' | 'on'>;

interface Incoming {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: { readonly sessionId: string };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Call {
  readonly sessionId: string | undefined;
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * Chromium's DevTools over the two pipes it was started with. Playwright does this too, and much besides, which costs
 * a process that starts with it most of a second of processor time: only the tests' own loads it.
 */
export class DevTools {
  readonly browser: DevToolsSession;
  /** Resolves when Chromium has gone. */
  readonly ended: Promise<void>;
  readonly #sessions = new Map<string | undefined, EventEmitter>();
  readonly #calls = new Map<number, Call>();
  readonly #toChromium: Writable;
  #lastCall = 0;
  #isOver = false;
  #begun: Buffer[] = [];

  constructor(toChromium: Writable, fromChromium: Readable) {
    this.#toChromium = toChromium;
    this.browser = this.#sessionOf(undefined);
    // That Chromium has gone, the other pipe tells.
    toChromium.on('error', () => {});
    fromChromium.on('error', () => {}).on('data', (chunk: Buffer) => this.#read(chunk));
    this.ended = new Promise((resolve) => {
      fromChromium.once('close', () => {
        this.#isOver = true;
        for (const sessionId of this.#sessions.keys()) this.#close(sessionId);
        resolve();
      });
    });
  }

  async attach(targetId: string): Promise<DevToolsSession> {
    const { sessionId } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true });
    return this.#sessionOf(sessionId);
  }

  #sessionOf(sessionId: string | undefined): DevToolsSession {
    const session = Object.assign(new EventEmitter(), {
      send: (method: string, params: object = {}) => this.#send(sessionId, method, params),
    });
    this.#sessions.set(sessionId, session);
    return session as unknown as DevToolsSession;
  }

  #send(sessionId: string | undefined, method: string, params: object): Promise<unknown> {
    if (this.#isOver || !this.#sessions.has(sessionId)) return Promise.reject(goneBefore(method));
    const id = ++this.#lastCall;
    this.#toChromium.write(`${JSON.stringify({ id, sessionId, method, params })}\0`);
    return new Promise((resolve, reject) => this.#calls.set(id, { sessionId, method, resolve, reject }));
  }

  /** Messages end with a zero byte; a long one comes in many pieces. */
  #read(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      const text = Buffer.concat([...this.#begun, chunk.subarray(from, end)]).toString();
      this.#begun = [];
      from = end + 1;
      this.#receive(JSON.parse(text) as Incoming);
    }
    if (from < chunk.length) this.#begun.push(chunk.subarray(from));
  }

  #receive({ id, sessionId, method, params, result, error }: Incoming): void {
    if (id !== undefined) {
      const call = this.#calls.get(id);
      this.#calls.delete(id);
      if (error === undefined) call?.resolve(result);
      else call?.reject(new Error(`${call.method}: ${error.message}`));
      return;
    }
    if (method === undefined) return;
    this.#sessions.get(sessionId)?.emit(method, params);
    if (method === 'Target.detachedFromTarget') this.#close(params?.sessionId);
  }

  #close(sessionId: string | undefined): void {
    const session = this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    for (const [id, call] of this.#calls) {
      if (call.sessionId !== sessionId) continue;
      this.#calls.delete(id);
      call.reject(goneBefore(call.method));
    }
    session?.emit('close', session);
  }
}

function goneBefore(method: string): Error {
  return new Error(`${method}: what it was sent to has gone.`);
}
