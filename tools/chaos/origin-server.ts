/**
 * The server that the attacks fetch from, in a process of its own so that it keeps its pace whatever the attackers do:
 * `node origin-server.ts FOLDER`. Serves the bodies of `bodies.ts`, and below `/picture/` the files of FOLDER; knows
 * conditional requests and ranges. Prints its port, and ends with its standard input.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bodyOf, etagOf, type Kind, kindOf } from './bodies.ts';

interface Served {
  readonly body: Buffer;
  readonly etag: string;
}

const [folder = '.'] = process.argv.slice(2);
const lastModified = 'Mon, 06 Jan 2025 10:00:00 GMT';
const served = new Map<string, Served>();

function serve(path: string): Served {
  let file = served.get(path);
  if (!file) {
    const body = path.startsWith('/picture/') ? readFileSync(join(folder, basename(path))) : bodyOf(path);
    file = { body, etag: etagOf(body) };
    served.set(path, file);
  }
  return file;
}

/** Where an answer begins: further on only for who asks for the rest of this very version. */
function startOf({ headers }: IncomingMessage, bytes: number, version: string | undefined): number {
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  return version !== undefined && headers['if-range'] === version && from < bytes ? from : 0;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  kind: Kind,
  path: string,
): Promise<void> {
  const { body, etag } = serve(path);
  await sleep(kind.latencyMs);
  const version = { etag, 'last-modified': lastModified, none: undefined }[kind.validator];
  if (version !== undefined) response.setHeader(kind.validator, version);
  response.setHeader('content-type', typeOf(path));
  const { 'if-none-match': none, 'if-modified-since': since } = request.headers;
  if (version !== undefined && (none === version || since === version)) {
    response.writeHead(304).end();
    return;
  }
  const from = startOf(request, body.length, version);
  if (from > 0) {
    response.statusCode = 206;
    response.setHeader('content-range', `bytes ${from}-${body.length - 1}/${body.length}`);
  }
  const rest = body.subarray(from);
  if (kind.sized) response.setHeader('content-length', rest.length);
  await send(response, rest, kind);
}

async function send(response: ServerResponse, bytes: Buffer, { drip }: Kind): Promise<void> {
  if (drip) {
    for (let at = 0; at < bytes.length && !response.destroyed; at += drip.pieceBytes) {
      response.write(bytes.subarray(at, at + drip.pieceBytes));
      await sleep(drip.everyMs);
    }
    response.end();
  } else response.end(bytes);
}

function typeOf(path: string): string {
  if (/\.jpe?g$/.test(path)) return 'image/jpeg';
  if (/\.png$/.test(path)) return 'image/png';
  return path.endsWith('.webp') ? 'image/webp' : 'application/octet-stream';
}

const server = createServer((request, response) => {
  const path = request.url ?? '';
  const kind = kindOf(path);
  // The other end is killed again and again: that is what it is for.
  response.on('error', () => {});
  if (kind) void answer(request, response, kind, path).catch(() => response.destroy());
  else response.writeHead(404).end();
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on('end', () => process.exit());
