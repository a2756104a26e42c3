import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partKeyOf, partsAmong } from '../src/engine/fetches/parts/resumable-part.ts';
import { MemoryBudget } from '../src/engine/fetches/protocol/memory-budget.ts';
import type { Attempt, FetchPayload, WorkerSettings } from '../src/engine/fetches/protocol/protocol.ts';
import { fetchItem } from '../src/engine/fetches/task/attempt.ts';
import { Clients, type ClientsOptions } from '../src/engine/fetches/task/clients.ts';
import type { FetchContext } from '../src/engine/fetches/task/follow-redirects.ts';
import { Cookies } from '../src/engine/fetches/task/http/cookies.ts';
import { RequestHeaders } from '../src/engine/fetches/task/http/request-headers.ts';
import type { AddressPolicy } from '../src/engine/fetches/task/net/address-policy.ts';
import { Connector } from '../src/engine/fetches/task/net/connector.ts';
import { SecureSockets } from '../src/engine/fetches/task/net/secure-sockets.ts';
import { fetchRecipeSchema } from '../src/shared/recipe.ts';
import { StageWatch, transferStages } from '../src/shared/stages.ts';

/** The settings of a run that asks for nothing special, in a folder. */
export function testSettings(folder: string, overrides: Partial<WorkerSettings> = {}): WorkerSettings {
  return {
    ...fetchRecipeSchema.parse({ minSpeed: 100 }),
    folder,
    noteKey: 'a key of the tests',
    durable: false,
    keep: 'file',
    memory: MemoryBudget.open(),
    thumbnails: undefined,
    ceiling: 16,
    timeoutMs: 5_000,
    userAgent: 'Shoal/test',
    user: undefined,
    password: undefined,
    cookies: undefined,
    ca: undefined,
    bandwidth: undefined,
    ...overrides,
  };
}

/** What a transport opens its sockets by. @param guarded whether only the public network may be reached. */
export function connectorOf(policy: AddressPolicy, guarded = false): Connector {
  return new Connector(policy, guarded, new SecureSockets(undefined));
}

/** A worker's side of fetching, in this thread, with a folder of its own. */
export class Attempts {
  readonly folder = mkdtempSync(join(tmpdir(), 'shoal-attempts-'));
  readonly context: FetchContext;

  constructor(overrides: Partial<WorkerSettings> = {}, clients: ClientsOptions = {}) {
    const own = testSettings(this.folder, overrides);
    this.context = {
      settings: own,
      clients: new Clients(own, clients),
      headers: new RequestHeaders(own),
      cookies: own.cookies === undefined ? undefined : new Cookies(own.cookies),
      memory: new MemoryBudget(own.memory),
    };
  }

  make(
    url: string,
    item: Partial<FetchPayload> = {},
    signal = new AbortController().signal,
  ): Promise<Attempt> {
    const name = new URL(url).pathname.split('/').at(-1) || 'index';
    const parts = existsSync(this.folder) ? partsAmong(this.files()).get(partKeyOf(url)) : undefined;
    const payload = { url, name, nameIsFinal: false, ...(parts && { parts }), ...item };
    return fetchItem(this.context, payload, signal, new StageWatch(transferStages));
  }

  files(): string[] {
    return readdirSync(this.folder).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.clients.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A megabyte that repeats itself nowhere near. */
export const body = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => (index * 7919) % 251));

export function codeOf(attempt: Attempt): string {
  return attempt.kind === 'failed' ? attempt.error.code : attempt.kind;
}

/** Answers with headers and part of the body, then cuts the connection. */
export function cutAfter(
  response: ServerResponse,
  bytes: number,
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, { 'content-length': String(body.length), ...headers });
  response.write(body.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
}
