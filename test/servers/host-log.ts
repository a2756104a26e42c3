import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server that is many hosts, 127.0.0.1 and on, and notes how many requests each of them had at once. */
export class HostLog implements AsyncDisposable {
  readonly most = new Map<string, number>();
  /** How many requests all of them together had at once. */
  mostInAll = 0;
  /** How often each path was asked for. */
  readonly asked = new Map<string, number>();
  /** How many requests came from each worker, as its header `X-Worker` names it. */
  readonly askers = new Map<string, number>();
  /** Who asks for a path that is held is answered when it is no longer. */
  readonly #held = new Map<string, Promise<void>>();
  readonly #now = new Map<string, number>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #delayMs: number;

  private constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  static async start(delayMs: number): Promise<HostLog> {
    const log = new HostLog(delayMs);
    await new Promise<void>((resolve) => log.#server.listen(0, '0.0.0.0', resolve));
    return log;
  }

  /** Each host has as many files, and each of those another content. */
  urls(hosts: number, files: number, network = '127.0.0'): string[] {
    const { port } = this.#server.address() as AddressInfo;
    return Array.from({ length: hosts * files }, (_, index) => {
      const host = (index % hosts) + 1;
      return `http://${network}.${host}:${port}/h${host}-${Math.floor(index / hosts)}.txt`;
    });
  }

  /** Requests for the path are not answered. @returns what ends that. */
  hold(path: string): () => void {
    return this.#holdAll(path);
  }

  /** One host answers nobody. @returns what ends that. */
  holdHost(number: number): () => void {
    return this.#holdAll(`127.0.0.${number}`);
  }

  #holdAll(what: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.set(what, promise);
    return () => {
      this.#held.delete(what);
      resolve();
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = request.headers.host ?? '';
    const path = request.url ?? '';
    const now = (this.#now.get(host) ?? 0) + 1;
    this.#now.set(host, now);
    this.most.set(host, Math.max(now, this.most.get(host) ?? 0));
    this.mostInAll = Math.max(
      this.mostInAll,
      [...this.#now.values()].reduce((sum, count) => sum + count, 0),
    );
    const worker = String(request.headers['x-worker']);
    this.askers.set(worker, (this.askers.get(worker) ?? 0) + 1);
    this.asked.set(path, (this.asked.get(path) ?? 0) + 1);
    let isOver = false;
    const over = (): void => {
      if (!isOver) this.#now.set(host, (this.#now.get(host) ?? 0) - 1);
      isOver = true;
    };
    // What a client that was killed had asked for is over when its connection is.
    response.once('close', over);
    await sleep(this.#delayMs);
    await (this.#held.get(path) ?? this.#held.get(host.replace(/:\d+$/, '')));
    // A client knows of the end of an answer before its sender hears that it was sent.
    over();
    if (path.includes('missing')) response.writeHead(404).end();
    else response.end(bodyOf(path));
  }
}

export function bodyOf(path: string): string {
  return `the body of ${path}`;
}
