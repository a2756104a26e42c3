import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { AttemptError, whyItFailed } from './why-it-failed.ts';

/** An answer's status and headers; names are in lower case. */
export interface Head {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** Takes one answer's body as it comes. */
export interface Receiver {
  /** May throw, which ends the exchange. */
  head(head: Head): void;
  /** May throw. @returns how long to read nothing more, in milliseconds: 0 goes on at once. */
  data(chunk: Buffer): number;
}

export interface ExchangeRequest {
  readonly dispatcher: Dispatcher;
  readonly url: URL;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly timeoutMs: number;
  /** Whether the connection is closed afterwards. */
  readonly last: boolean;
  readonly signal: AbortSignal;
}

/** Thrown by a receiver that has seen enough: the exchange ends well, and the rest is not read. */
export const enough = new Error('Enough of this answer has been read.');

/**
 * One request and its answer, by undici's lowest layer: no stream, no copy, no promise but this one. It
 * settles when the body has come whole, and rejects with an AttemptError otherwise.
 */
export function exchange(request: ExchangeRequest, receiver: Receiver): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { dispatcher, url, headers, timeoutMs, last, signal } = request;
  let headSeen = false;
  let aborter: Dispatcher.DispatchController | undefined;
  let pause: NodeJS.Timeout | undefined;

  const onAbort = (): void => {
    const reason = new AttemptError('FETCH_FAILED', `${url.href}: cancelled.`);
    if (aborter) aborter.abort(reason);
    fail(reason);
  };
  const settle = (): void => {
    clearTimeout(pause);
    signal.removeEventListener('abort', onAbort);
  };
  const fail = (error: unknown): void => {
    settle();
    if (error === enough) resolve();
    else reject(whyItFailed(error, url.href, headSeen));
  };
  const guarded = (controller: Dispatcher.DispatchController, step: () => void): void => {
    try {
      step();
    } catch (error) {
      // undici reports the abort to onResponseError, which settles.
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
        if (signal.aborted) controller.abort(new Error('cancelled'));
      },
      onResponseStart: (controller, status, answered) => {
        // 1xx answers only announce the real one.
        if (status < 200) return;
        headSeen = true;
        guarded(controller, () => receiver.head({ status, headers: answered }));
      },
      onResponseData: (controller, chunk) => {
        guarded(controller, () => {
          const wait = receiver.data(chunk);
          if (wait <= 0) return;
          controller.pause();
          pause = setTimeout(() => controller.resume(), wait);
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
