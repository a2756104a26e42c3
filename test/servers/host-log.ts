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
  readonly #now = new Map<string, number>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #delayMs: number;
  #held: { readonly host: string; readonly until: Promise<void> } | undefined;

  private constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  static async start(delayMs: number): Promise<HostLog> {
    const log = new HostLog(delayMs);
    await new Promise<void>((resolve) => log.#server.listen(0, '0.0.0.0', resolve));
    return log;
  }

  /** Each host has as many files, and each of those another content. */
  urls(hosts: number, files: number): string[] {
    const { port } = this.#server.address() as AddressInfo;
    return Array.from({ length: hosts * files }, (_, index) => {
      const host = (index % hosts) + 1;
      return `http://127.0.0.${host}:${port}/h${host}-${Math.floor(index / hosts)}.txt`;
    });
  }

  /** One host answers nobody. @returns what ends that. */
  hold(number: number): () => void {
    const { promise: until, resolve } = Promise.withResolvers<void>();
    this.#held = { host: `127.0.0.${number}`, until };
    return resolve;
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
    this.asked.set(path, (this.asked.get(path) ?? 0) + 1);
    let isOver = false;
    const over = (): void => {
      if (!isOver) this.#now.set(host, (this.#now.get(host) ?? 0) - 1);
      isOver = true;
    };
    // What a client that was killed had asked for is over when its connection is.
    response.once('close', over);
    await sleep(this.#delayMs);
    if (host.startsWith(`${this.#held?.host}:`)) await this.#held?.until;
    // A client knows of the end of an answer before its sender hears that it was sent.
    over();
    if (path.includes('missing')) response.writeHead(404).end();
    else response.end(bodyOf(path));
  }
}

export function bodyOf(path: string): string {
  return `the body of ${path}`;
}
