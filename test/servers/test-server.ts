import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** When it came, in milliseconds. */
  readonly at: number;
}

/** A real HTTP server on loopback that notes what it was asked. */
export interface TestServer extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
  readonly requests: SeenRequest[];
  close(): Promise<void>;
}

export async function startServer(listener: RequestListener, host = '127.0.0.1'): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', headers: request.headers, at: performance.now() });
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    origin: `http://${name}:${port}`,
    port,
    requests,
    close,
    [Symbol.asyncDispose]: close,
  };
}

export type Route = (request: IncomingMessage, response: ServerResponse) => void;

/** A listener by path; a path ending in `*` stands for all that begin so. Anything else is 404. */
export function routes(table: Readonly<Record<string, Route>>): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    const found =
      table[path] ??
      Object.entries(table).find(([key]) => key.endsWith('*') && path.startsWith(key.slice(0, -1)))?.[1];
    if (found) found(request, response);
    else response.writeHead(404).end('no such page');
  };
}

export function text(body: string, headers: Record<string, string> = {}): Route {
  return (_request, response) => response.writeHead(200, headers).end(body);
}

/**
 * Answers nobody before as many wait as may be in flight, or the last of all have come: on a machine of any pace all
 * that may be in flight at once are. `counts` tells how many waited as each came.
 */
export function answeringWhenFull(most: () => number, total: number) {
  const counts: number[] = [];
  const waiting: ServerResponse[] = [];
  let answered = 0;
  const listener: RequestListener = (_request, response) => {
    waiting.push(response);
    counts.push(waiting.length);
  };
  // Not as the last of them comes: one too many would come in this time.
  const looking = setInterval(() => {
    while (waiting.length > 0 && (waiting.length >= most() || answered + waiting.length === total)) {
      waiting.shift()?.end('x');
      answered += 1;
    }
    if (answered === total) clearInterval(looking);
  }, 5);
  looking.unref();
  return { listener, counts };
}
