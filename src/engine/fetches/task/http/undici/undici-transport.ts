import type { SecureContext } from 'node:tls';
import {
  Agent,
  buildConnector,
  type Dispatcher,
  EnvHttpProxyAgent,
  errors,
  Pool,
  Socks5ProxyAgent,
} from 'undici';
import type { ErrorCode } from '../../../../../shared/failure.ts';
import { type ExchangeRequest, enough, type Receiver, type Transport } from '../../../protocol/exchange.ts';
import { AttemptError, timedOut, toAttemptError } from '../../../protocol/fetch-errors.ts';
import type { WorkerSettings } from '../../../protocol/protocol.ts';
import type { Proxies } from '../../../protocol/proxies.ts';
import type { AddressPolicy } from '../../net/address-policy.ts';

export interface UndiciOptions {
  /** Whether only the public network may be reached. */
  readonly guarded: boolean;
  /** The proxies by which all of its requests go. */
  readonly proxies: Proxies | undefined;
  /** The certificate authorities that all its connections trust. Default: the usual ones. */
  readonly context?: SecureContext;
}

/** Requests by a proxy, by undici's lowest layer: no streams, no copies, and only one promise a request. */
export class UndiciTransport implements Transport {
  readonly #dispatcher: Dispatcher;
  readonly #proxies: Proxies | undefined;

  constructor(settings: WorkerSettings, policy: AddressPolicy, { guarded, proxies, context }: UndiciOptions) {
    const { ceiling, timeoutMs } = settings;
    this.#proxies = proxies;
    if (proxies?.speakSocks) withoutWarnings(() => void new Socks5ProxyAgent('socks5://nobody').destroy());
    const secure = context && { secureContext: context };
    const options = {
      connections: ceiling,
      pipelining: 1,
      maxHeaderSize: 256 * 1024,
      connect: connector(settings, policy, guarded, secure),
      // The person configured the way to the proxy; the proxy decides what it connects to.
      ...(secure && { requestTls: secure }),
      // Otherwise undici's default would decide how long to wait for a proxy that does not answer.
      connectTimeout: timeoutMs,
      clientFactory: (proxy: URL, own: object) => new Pool(proxy, { ...own, headersTimeout: timeoutMs }),
    };
    this.#dispatcher = proxies
      ? new EnvHttpProxyAgent({ ...options, ...proxySettings(proxies) })
      : new Agent(options);
  }

  exchange(request: ExchangeRequest, receiver: Receiver): Promise<void> {
    const dispatching = dispatched(this.#dispatcher, request, receiver);
    const proxies = this.#proxies;
    return proxies ? dispatching.catch((error: unknown) => blame(error, request.url, proxies)) : dispatching;
  }

  async destroy(): Promise<void> {
    await this.#dispatcher.destroy();
  }
}

/**
 * undici warns once a process that its SOCKS5 may change, and would do so in the middle of a run. It is ours to notice
 * that when undici changes.
 */
function withoutWarnings(work: () => void): void {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    work();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** What goes past the proxies does not come here: undici has nothing to decide about that. */
function proxySettings({ urls: { http, https } }: Proxies): EnvHttpProxyAgent.Options {
  return {
    noProxy: '',
    ...(http !== undefined && { httpProxy: http }),
    ...(https !== undefined && { httpsProxy: https }),
  };
}

/** For a request through a proxy, a connection error is the proxy's. */
function blame(error: unknown, { href, protocol }: URL, proxies: Proxies): never {
  if (!(error instanceof AttemptError)) throw error;
  const proxy = proxies.originFor(protocol);
  if (asksForPassword(error.cause)) {
    throw new AttemptError(
      'PROXY_FAILED',
      `${href}: the proxy ${proxy} wants a name and a password (407). They go into ${proxies.variableFor(protocol)}, as http://user:password@proxy:3128.`,
      { cause: error },
    );
  }
  const refusal = socksRefusalOf(error.cause);
  if (refusal !== undefined) {
    throw new AttemptError('PROXY_FAILED', `${href}: the proxy ${proxy} refuses: ${refusal}.`, {
      cause: error,
    });
  }
  if (!unconnected.has(error.code)) throw error;
  const reason = error.message.slice(href.length + 2);
  throw new AttemptError('PROXY_FAILED', `${href}: the proxy ${proxy} cannot be reached: ${reason}`, {
    cause: error,
    retryable: error.retryable,
  });
}

/** What a SOCKS proxy answers: that the password is wrong, or that it may not or cannot go there. */
function socksRefusalOf(cause: unknown): string | undefined {
  const isSocks = cause instanceof Error && 'code' in cause && /^UND_ERR_SOCKS5/.test(String(cause.code));
  return isSocks ? cause.message : undefined;
}

/** undici tells a 407 by its messages alone: one for plain requests, one for tunnels. */
function asksForPassword(cause: unknown): boolean {
  return cause instanceof Error && /^Proxy (Authentication Required|response) \(407\)/.test(cause.message);
}

const unconnected: ReadonlySet<ErrorCode> = new Set([
  'DNS_NOT_FOUND',
  'DNS_FAILED',
  'CONNECT_REFUSED',
  'CONNECT_TIMEOUT',
  'CONNECT_FAILED',
]);

function connector(
  { timeoutMs }: WorkerSettings,
  policy: AddressPolicy,
  guarded: boolean,
  secure: { readonly secureContext: SecureContext } | undefined,
): buildConnector.connector {
  const connect = buildConnector({
    lookup: policy.lookup(guarded),
    timeout: timeoutMs,
    autoSelectFamily: true,
    allowH2: true,
    preferH2: true,
    ...secure,
  } as buildConnector.BuildOptions);
  return (options, callback) => {
    const unwanted = guarded ? policy.refusalOf(options.hostname) : undefined;
    if (unwanted) {
      callback(unwanted, null);
      return;
    }
    connect(options, (...answer) => {
      const [error, socket] = answer;
      if (error) return callback(error, null);
      const refused = policy.admit(socket, originOf(options), guarded);
      if (refused) {
        socket.destroy();
        return callback(refused, null);
      }
      return callback(null, socket);
    });
  };
}

/**
 * undici's own time-outs start again with each interim answer (1xx) and each byte of a head or trailer, so that these
 * could drip for ever. Ours come a little later, so that undici handles a silent connection, because it knows what else
 * to end.
 */
const laterMs = 1_500;

function dispatched(dispatcher: Dispatcher, request: ExchangeRequest, receiver: Receiver): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { url, headers, timeoutMs, last, signal } = request;
  let headSeen = false;
  let aborter: Dispatcher.DispatchController | undefined;
  let pause: NodeJS.Timeout | undefined;
  let bound: NodeJS.Timeout | undefined;
  let timer: NodeJS.Timeout | undefined;

  const abort = (reason: Error): void => {
    aborter?.abort(reason);
    fail(reason);
  };
  const onAbort = (): void => abort(new AttemptError('FETCH_FAILED', `${url.href}: cancelled.`));
  const onTimeout = (): void => {
    if (!pause) abort(timedOut(headSeen ? 'body' : 'headers', url.href));
  };
  const settle = (): void => {
    clearTimeout(pause);
    clearTimeout(bound);
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  const fail = (error: unknown): void => {
    settle();
    if (error === enough) resolve();
    // The request has not even begun: a proxy was asked for a tunnel and did not answer.
    else if (!aborter && error instanceof errors.HeadersTimeoutError) reject(timedOut('connect', url.href));
    else reject(toAttemptError(error, url.href, headSeen));
  };
  const guarded = (controller: Dispatcher.DispatchController, step: () => void): void => {
    try {
      step();
    } catch (error) {
      // undici reports the abort to onResponseError, which rejects the promise.
      controller.abort(error instanceof Error ? error : new Error(String(error)));
    }
  };

  signal.addEventListener('abort', onAbort, { once: true });
  dispatcher.dispatch(
    {
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: headers as string[],
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      reset: last,
    },
    {
      onRequestStart: (controller) => {
        aborter = controller;
        timer ??= setTimeout(onTimeout, timeoutMs + laterMs);
        if (signal.aborted) controller.abort(new Error('cancelled'));
      },
      onResponseStart: (controller, status, answered) => {
        // Interim answers (1xx): the real one follows.
        if (status < 200) return;
        headSeen = true;
        timer?.refresh();
        guarded(controller, () => {
          const within = receiver.head({ status, headers: answered });
          if (within !== undefined) bound = setTimeout(() => abort(enough), within);
        });
      },
      onResponseData: (controller, chunk) => {
        timer?.refresh();
        guarded(controller, () => {
          const wait = receiver.data(chunk);
          if (wait <= 0) return;
          controller.pause();
          pause = setTimeout(() => {
            pause = undefined;
            timer?.refresh();
            controller.resume();
          }, wait);
        });
      },
      onResponseEnd: () => {
        settle();
        resolve();
      },
      onResponseError: (_controller, error) => fail(error),
    },
  );
  return promise;
}

function originOf({ protocol, host, hostname, port }: buildConnector.Options): string {
  return `${protocol}//${host ?? (port ? `${hostname}:${port}` : hostname)}`;
}
