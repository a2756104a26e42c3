import type { IncomingHttpHeaders } from 'node:http';
import type { Clients } from './clients.ts';
import type { Cookies } from './cookies.ts';
import { enough, type Head, type Receiver } from './exchange.ts';
import type { FetchSettings } from './protocol.ts';
import { basicAuthorization, type RequestHeaders } from './request-headers.ts';
import { AttemptError } from './why-it-failed.ts';

const redirects = new Set([301, 302, 303, 307, 308]);
/** The body of a redirect or an error is read to keep the connection, up to this many bytes. */
const drainUpTo = 64 * 1024;

export interface JourneyRequest {
  readonly url: string;
  readonly authorization?: string | undefined;
  readonly signal: AbortSignal;
  /** Headers beside those that every request has. */
  readonly further: readonly (readonly [name: string, value: string | undefined])[];
}

/** Takes the answer at the end of the redirects. */
export interface Destination {
  /** May throw. @returns the body's receiver; undefined drops the body. */
  arrive(head: Head, url: string): Pick<Receiver, 'data'> | undefined;
}

/** What all requests of a worker share. */
export interface Means {
  readonly settings: FetchSettings;
  readonly clients: Clients;
  readonly headers: RequestHeaders;
  readonly cookies: Cookies | undefined;
}

/**
 * Follows a URL to its answer. Credentials stay with the origin that the list named; and once the public
 * network has been reached, redirects cannot lead back into private addresses.
 */
export async function travel(means: Means, request: JourneyRequest, destination: Destination): Promise<void> {
  const { settings, clients, cookies } = means;
  const { reach } = clients;
  const start = new URL(request.url);
  const authorization = request.authorization ?? ownAuthorization(settings);
  let guarded = settings.privateAddresses === 'deny';
  let url = start;
  const visited = new Set<string>();
  for (let hops = 0; ; hops += 1) {
    if (hops > settings.maxRedirects) {
      throw new AttemptError(
        'TOO_MANY_REDIRECTS',
        `${start.href} redirects more than ${settings.maxRedirects} times.`,
      );
    }
    // With cookies a page may send us back to itself, and answer otherwise the second time.
    if (visited.has(url.href) && !cookies) {
      throw new AttemptError('REDIRECT_LOOP', `${start.href} redirects in a circle, by way of ${url.href}.`);
    }
    visited.add(url.href);
    if (guarded) reach.assertAllowed(url);
    const sameOrigin = url === start || url.origin === start.origin;
    const headers = means.headers.of(sameOrigin, [
      ...request.further,
      ['authorization', sameOrigin ? authorization : undefined],
      ['cookie', cookies?.for(url)],
    ]);
    let next: URL | undefined;
    let body: Pick<Receiver, 'data'> | undefined;
    let drained = 0;
    const here = url;
    const ready = clients.transport(url, guarded);
    const transport = 'then' in ready ? await ready : ready;
    await transport.exchange(
      {
        url,
        headers,
        timeoutMs: settings.timeoutMs,
        last: reach.crowded,
        signal: request.signal,
      },
      {
        head: (head) => {
          guarded ||= reach.reachedPublic(here);
          cookies?.take(here, head.headers);
          next = redirectOf(here, head);
          if (!next) body = destination.arrive(head, here.href);
        },
        data: (chunk) => {
          if (body) return body.data(chunk);
          drained += chunk.length;
          if (drained > drainUpTo) throw enough;
          return 0;
        },
      },
    );
    if (!next) return;
    url = next;
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
  // Header bytes come as Latin-1; servers that send more than ASCII mean UTF-8.
  const text = Buffer.from(location, 'latin1').toString('utf8');
  const to = URL.parse(text, from.href);
  if (!to) throw new AttemptError('BAD_REDIRECT', `${from.href} redirects to what is no URL: ${location}`);
  if (to.protocol !== 'http:' && to.protocol !== 'https:') {
    throw new AttemptError(
      'UNSUPPORTED_SCHEME',
      `${from.href} redirects to a ${to.protocol} URL; only http and https are followed.`,
    );
  }
  to.hash = '';
  // A redirect cannot make us log in somewhere.
  to.username = '';
  to.password = '';
  return to;
}

function ownAuthorization({ user, password }: FetchSettings): string | undefined {
  return user === undefined ? undefined : basicAuthorization(user, password ?? '');
}
