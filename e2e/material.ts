import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleJpeg } from '../src/engine/testing/sample-images.ts';

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
  /** Requests that are being answered now, and the most there ever were since this was set to 0. */
  atOnce: number;
  most: number;
  /** Requests so far. */
  asked: number;
  latencyMs: number;
  /** Paths that contain this are answered with 404; change it and they are well. */
  missing: string;
  /** And those that contain this with 500. */
  broken: string;
  urls(count: number, path?: string): string[];
  close(): Promise<void>;
}

/** A real server on the loopback address, slow and failing as told, that counts what is asked at once. */
export async function startServer(): Promise<TestServer> {
  const body = await sampleJpeg(9, 160, 120);
  const http = createServer(async (request, response) => {
    server.asked += 1;
    server.atOnce += 1;
    server.most = Math.max(server.most, server.atOnce);
    response.on('close', () => {
      server.atOnce -= 1;
    });
    await sleep(server.latencyMs);
    if (server.missing !== '' && request.url?.includes(server.missing)) response.writeHead(404).end();
    else if (server.broken !== '' && request.url?.includes(server.broken)) response.writeHead(500).end();
    else response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': body.length }).end(body);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: TestServer = {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    atOnce: 0,
    most: 0,
    asked: 0,
    latencyMs: 0,
    missing: '',
    broken: '',
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
