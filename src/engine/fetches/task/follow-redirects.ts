import type { IncomingHttpHeaders } from 'node:http';
import type { TransferStage } from '../../../shared/stages.ts';
import { headerAddress } from '../../names/header-text.ts';
import { basicAuthorization } from '../protocol/basic-authorization.ts';
import { enough, type Head, type Receiver, type TransferWatch } from '../protocol/exchange.ts';
import { AttemptError } from '../protocol/fetch-errors.ts';
import type { MemoryBudget } from '../protocol/memory-budget.ts';
import type { Trail, WorkerSettings } from '../protocol/protocol.ts';
import { Pace } from './body/pace.ts';
import type { Clients } from './clients.ts';
import type { Cookies } from './http/cookies.ts';
import type { RequestHeaders } from './http/request-headers.ts';

const redirects = new Set([301, 302, 303, 307, 308]);
/** To keep the connection, the body of a redirect or an error is read up to this many bytes and milliseconds. */
const maxDrainedBytes = 64 * 1024;
const drainWithinMs = 1_000;

export interface RedirectRequest {
  readonly url: string;
  readonly authorization?: string | undefined;
  readonly signal: AbortSignal;
  readonly watch?: TransferWatch;
  /** Headers in addition to those of every request. */
  readonly further: readonly (readonly [name: string, value: string | undefined])[];
  /** The most redirects to follow. */
  readonly maxRedirects: number;
  /** Whether to stop at each redirect, so that its target can be judged before it is requested. */
  readonly byStages?: boolean;
  /** Where the previous stage ended. */
  readonly trail?: Trail | undefined;
  /** Whether only the public network may be reached, even by the first request. */
  readonly guarded?: boolean;
  /** Whether the URL is known only from a redirect: then nothing meant for the list's own origins is sent. */
  readonly foreign?: boolean;
}

/** Receives the answer at the end of the redirects. */
export interface AnswerHandler {
  /** May throw. @returns the body's receiver; undefined drops the body. */
  arrive(head: Head, url: string): Pick<Receiver, 'data'> | undefined;
}

/** What all requests of a worker share. */
export interface FetchContext {
  readonly settings: WorkerSettings;
  readonly clients: Clients;
  readonly headers: RequestHeaders;
  readonly cookies: Cookies | undefined;
  readonly memory: MemoryBudget;
}

/**
 * Follows a URL to its answer. Credentials are sent only to the origin that the list named; and once the public network
 * has been reached, redirects cannot lead to private addresses.
 * @returns the trail to continue from, if it stops at each redirect and this answer was one.
 */
export async function followRedirects(
  context: FetchContext,
  request: RedirectRequest,
  handler: AnswerHandler,
): Promise<Trail | undefined> {
  const chain = new RedirectChain(context, request, handler);
  while (await chain.ask()) if (request.byStages) return chain.trail();
  return undefined;
}

class RedirectChain {
  readonly #context: FetchContext;
  readonly #request: RedirectRequest;
  readonly #handler: AnswerHandler;
  readonly #start: URL;
  readonly #authorization: string | undefined;
  #url: URL;
  #guarded: boolean;
  /** What was requested on the way, without the current request: URLs, with the cookies that were sent. */
  readonly #visited: string[];
  /** The `Set-Cookie` headers on the way. */
  readonly #cookies: (readonly [url: string, cookies: readonly string[]])[];
  /** The run's cookies or, where it keeps none, those of this journey. */
  #jar: Cookies | undefined;

  constructor(context: FetchContext, request: RedirectRequest, handler: AnswerHandler) {
    const { trail } = request;
    this.#context = context;
    this.#request = request;
    this.#handler = handler;
    this.#start = new URL(request.url);
    this.#authorization = request.authorization ?? ownAuthorization(context.settings);
    this.#url = trail ? new URL(trail.next) : this.#start;
    this.#guarded = trail?.guarded || request.guarded || context.settings.privateAddresses === 'deny';
    this.#visited = trail ? [...trail.visited] : [];
    this.#cookies = trail ? [...trail.cookies] : [];
    this.#jar = context.cookies;
    // Earlier stages may have run in another thread, which has its own cookies.
    for (const [url, cookies] of this.#cookies) this.#jar?.take(new URL(url), cookies);
    if (this.#guarded) context.clients.addresses.assertAllowed(this.#url);
  }

  /** Makes one request. @returns whether a redirect follows. */
  async ask(): Promise<boolean> {
    const { settings, clients } = this.#context;
    const { signal, watch } = this.#request;
    const url = this.#url;
    if (!this.#jar && this.#cookies.length > 0) await this.#openJar();
    const cookies = this.#jar?.for(url);
    this.#assertNew(cookies);
    const headers = this.#headers(cookies);
    let next: URL | undefined;
    let body: Pick<Receiver, 'data'> | undefined;
    let pace: Pace | undefined;
    let drained = 0;
    const ready = clients.transport(url, this.#guarded);
    const transport = 'then' in ready ? await ready : ready;
    try {
      await transport.exchange(
        { url, headers, timeoutMs: settings.timeoutMs, last: clients.addresses.crowded, signal, watch },
        {
          head: (head) => {
            watch?.lap('firstByte');
            this.#guarded ||= clients.addresses.reachedPublic(url);
            this.#takeCookies(head);
            next = redirectOf(url, head);
            if (!next) body = this.#handler.arrive(head, url.href);
            pace = new Pace(this.#request.url, settings);
            return body ? undefined : drainWithinMs;
          },
          data: (chunk) => {
            if (!body) drained += chunk.length;
            if (drained > maxDrainedBytes) throw enough;
            return pace?.took(chunk.length, body?.data(chunk) ?? 0) ?? 0;
          },
        },
      );
    } catch (error) {
      if (!pace) watch?.lap(stageOfFailure(error));
      // If the head was enough, a failure of the body does not matter.
      if (!pace || body || signal.aborted) throw error;
    }
    watch?.lap('body');
    if (next) this.#goOnTo(next);
    return next !== undefined;
  }

  trail(): Trail {
    return {
      visited: this.#visited,
      next: this.#url.href,
      guarded: this.#guarded,
      cookies: this.#cookies,
    };
  }

  /** A site may set a cookie and redirect to itself: answering that is no wish to be known again by other items. */
  async #openJar(): Promise<void> {
    const { Cookies } = await import('./http/cookies.ts');
    this.#jar = new Cookies('');
    for (const [url, cookies] of this.#cookies) this.#jar.take(new URL(url), cookies);
  }

  /** With other cookies, the same page may answer differently. */
  #assertNew(cookies: string | undefined): void {
    const asked = cookies === undefined ? this.#url.href : `${this.#url.href} ${cookies}`;
    if (this.#visited.includes(asked)) {
      const message = `${this.#start.href} redirects in a circle, by way of ${this.#url.href}.`;
      throw new AttemptError('REDIRECT_LOOP', message);
    }
    this.#visited.push(asked);
  }

  #headers(cookies: string | undefined): readonly string[] {
    const { headers } = this.#context;
    const sameOrigin =
      !this.#request.foreign && (this.#url === this.#start || this.#url.origin === this.#start.origin);
    return headers.of(this.#url.host, sameOrigin, [
      ...this.#request.further,
      ['authorization', sameOrigin ? this.#authorization : undefined],
      ['cookie', cookies],
    ]);
  }

  #takeCookies({ headers, status }: Head): void {
    const cookies = [headers['set-cookie'] ?? []].flat();
    if (cookies.length === 0) return;
    this.#jar?.take(this.#url, cookies);
    // Where the journey ends, only the run's own jar still needs them.
    if (redirects.has(status)) this.#cookies.push([this.#url.href, cookies]);
  }

  #goOnTo(next: URL): void {
    const start = this.#start.href;
    const { maxRedirects } = this.#request;
    if (this.#visited.length > maxRedirects) {
      throw new AttemptError('TOO_MANY_REDIRECTS', `${start} redirects more than ${maxRedirects} times.`);
    }
    this.#url = next;
    if (this.#guarded) this.#context.clients.addresses.assertAllowed(next);
  }
}

function redirectOf(
  from: URL,
  { status, headers }: { status: number; headers: IncomingHttpHeaders },
): URL | undefined {
  if (!redirects.has(status)) return undefined;
  const { location } = headers;
  if (location === undefined) {
    throw new AttemptError('BAD_REDIRECT', `${from.href} answered ${status} without saying where to.`);
  }
  const to = URL.parse(headerAddress(location), from.href);
  if (!to) throw new AttemptError('BAD_REDIRECT', `${from.href} redirects to what is no URL: ${location}`);
  if (to.protocol !== 'http:' && to.protocol !== 'https:') {
    throw new AttemptError(
      'UNSUPPORTED_SCHEME',
      `${from.href} redirects to a ${to.protocol} URL; only http and https are followed.`,
    );
  }
  to.hash = '';
  // A redirect must not make us log in somewhere.
  to.username = '';
  to.password = '';
  return to;
}

/** Where a request was when it failed without an answer. */
function stageOfFailure(error: unknown): TransferStage {
  const code = error instanceof AttemptError ? error.code : '';
  if (code.startsWith('DNS_')) return 'dns';
  if (code.startsWith('TLS_')) return 'tls';
  return code.startsWith('CONNECT_') ? 'connect' : 'firstByte';
}

function ownAuthorization({ user, password }: WorkerSettings): string | undefined {
  return user === undefined ? undefined : basicAuthorization(user, password ?? '');
}
