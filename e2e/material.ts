import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sampleJpeg } from '../test/images/sample-images.ts';
import { Gate } from './gate.ts';

/** Thousands of images in a second: one small picture under many names. */
export async function manyImages(folder: string, count: number, width = 96, height = 72): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const picture = await sampleJpeg(5, width, height);
  const names = Array.from({ length: count }, (_, at) => `image-${String(at + 1).padStart(5, '0')}.jpg`);
  for (const name of names) writeFileSync(join(folder, name), picture);
  return names;
}

/** Every file below a folder, hidden ones too: what is left half-written would be among them. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

export interface TestServer {
  readonly origin: string;
  /** Every answer waits before it; open at first. */
  readonly gate: Gate;
  /** Requests that wait for their answer now, and the most there ever were since this was set to 0. */
  atOnce: number;
  most: number;
  /** Requests so far. */
  asked: number;
  /** Paths that contain this are answered with 404; change it and they are well. */
  missing: string;
  /** And those that contain this with 500. */
  broken: string;
  /** What every path is answered with. */
  body: Buffer;
  /** The first half of it comes before the gate, the rest behind it. */
  halfBefore: boolean;
  urls(count: number, path?: string): string[];
  close(): Promise<void>;
}

/** A real server on the loopback address, as slow as its gate and failing as told, that counts what is asked at once. */
export async function startServer(): Promise<TestServer> {
  const http = createServer(async (request, response) => {
    server.asked += 1;
    server.atOnce += 1;
    server.most = Math.max(server.most, server.atOnce);
    const gone = new AbortController();
    // Before the answer's end, at which the next request may already be on its way.
    const over = () => {
      if (!gone.signal.aborted) server.atOnce -= 1;
      gone.abort();
    };
    response.on('close', over);
    const { missing, broken } = server;
    const is = (kind: string) => kind !== '' && request.url?.includes(kind);
    const status = is(missing) ? 404 : is(broken) ? 500 : 200;
    const sent = status === 200 ? server.body : Buffer.alloc(0);
    const half = server.halfBefore ? Math.floor(sent.length / 2) : 0;
    if (half > 0) response.writeHead(status, headersOf(sent)).write(sent.subarray(0, half));
    await server.gate.pass(gone.signal);
    over();
    if (half === 0) response.writeHead(status, headersOf(sent));
    response.end(sent.subarray(half));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: TestServer = {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    gate: new Gate(),
    atOnce: 0,
    most: 0,
    asked: 0,
    missing: '',
    broken: '',
    body: await sampleJpeg(9, 160, 120),
    halfBefore: false,
    urls: (count, path = 'photo') =>
      Array.from(
        { length: count },
        (_, at) => `${server.origin}/${path}-${String(at + 1).padStart(4, '0')}.jpg`,
      ),
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  return server;
}

function headersOf(body: Buffer) {
  return { 'content-type': 'image/jpeg', 'content-length': body.length };
}
