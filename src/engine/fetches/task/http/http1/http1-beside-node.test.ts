import { get } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectorOf, testSettings } from '../../../../../../test/attempts.ts';
import { type RawServer, startRawServer } from '../../../../../../test/servers/raw-server.ts';
import type { Transport } from '../../../protocol/exchange.ts';
import { AddressPolicy } from '../../net/address-policy.ts';
import { UndiciTransport } from '../undici/undici-transport.ts';
import { Http1Transport } from './http1-transport.ts';

/** How a reader understood an answer: undefined if it was refused or cut off. */
type Verdict = { readonly status: number; readonly body: string; readonly etag: unknown } | undefined;

let pieces: Buffer[] = [];
let server: RawServer;
beforeAll(async () => {
  // Sends everything, then closes the connection: no reader can wait for more.
  server = await startRawServer(() => ({ pieces, close: true }));
});
afterAll(() => server[Symbol.asyncDispose]());

const ours = () => verdictOf(new Http1Transport(connectorOf(new AddressPolicy(4, false))));
const undicis = () =>
  verdictOf(
    new UndiciTransport(testSettings('/nowhere'), new AddressPolicy(4, false), {
      guarded: false,
      proxies: undefined,
    }),
  );

async function verdictOf(transport: Transport): Promise<Verdict> {
  let status = 0;
  let etag: unknown;
  const body: Buffer[] = [];
  const { signal } = new AbortController();
  const request = { url: new URL(server.origin), headers: [], timeoutMs: 2_000, last: true, signal };
  try {
    await transport.exchange(request, {
      head: (head) => {
        status = head.status;
        // undici returns an array if there are several; only one should count.
        etag = [head.headers.etag].flat()[0];
      },
      data: (chunk) => {
        body.push(Buffer.from(chunk));
        return 0;
      },
    });
    return { status, body: Buffer.concat(body).toString('latin1'), etag };
  } catch {
    return undefined;
  } finally {
    await transport.destroy();
  }
}

/** The answer by Node's own client, which parses with llhttp, as liberal as it can be. */
function nodes(): Promise<Verdict> {
  const { promise, resolve } = Promise.withResolvers<Verdict>();
  const request = get(server.origin, { agent: false, insecureHTTPParser: true }, (response) => {
    const body: Buffer[] = [];
    response.on('data', (chunk: Buffer) => body.push(chunk));
    response.on('error', () => resolve(undefined));
    response.on('end', () =>
      resolve(
        response.complete
          ? {
              status: response.statusCode ?? 0,
              body: Buffer.concat(body).toString('latin1'),
              etag: response.headers.etag,
            }
          : undefined,
      ),
    );
  });
  request.on('error', () => resolve(undefined));
  return promise;
}

const bodies = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const framings = fc.constantFrom('length', 'chunked', 'close');
const heads = fc.constantFrom(
  'HTTP/1.1 200 OK',
  'HTTP/1.1 404 Not Found',
  'HTTP/1.0 200 OK',
  'HTTP/1.1 206',
  'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK',
);
const lines = fc.subarray([
  'etag: "one"',
  'ETag:"two"  ',
  'x-empty:',
  'x-utf8: \u00e9\u00ff',
  'connection: close',
  'set-cookie: a=1',
  'set-cookie: b=2',
]);

const answers = fc
  .record({
    body: bodies,
    framing: framings,
    head: heads,
    extra: lines,
    size: fc.integer({ min: 1, max: 90 }),
  })
  .map(({ body, framing, head, extra, size }) => {
    const more = extra.map((line) => `\r\n${line}`).join('');
    if (framing === 'length') return `${head}${more}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    if (framing === 'close') return `${head}${more}\r\n\r\n${body}`;
    const chunks = body.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    const coded = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
    return `${head}${more}\r\ntransfer-encoding: chunked\r\n\r\n${coded}0\r\n\r\n`;
  });

/** Cuts bytes into up to four pieces. */
const cut = (text: string, places: readonly number[]): Buffer[] => {
  const bytes = Buffer.from(text, 'latin1');
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...ends].map((from, index) => bytes.subarray(from, ends[index] ?? bytes.length));
};
const places = fc.array(fc.nat(2_000), { maxLength: 3 });

describe('beside Node’s own client', () => {
  it('every answer that is well formed is read alike, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(answers, places, async (answer, at) => {
        pieces = cut(answer, at);
        const [here, there] = [await ours(), await nodes()];
        expect(here).toBeDefined();
        expect(here).toEqual(there);
      }),
      { numRuns: 150 },
    );
  });

  it('of damaged answers none is taken that Node and undici refuse, and none is understood otherwise', async () => {
    // No tabs: llhttp accepts none after a number, although RFC 9110 (5.6.3) allows them.
    const damage = fc.array(
      fc.record({
        at: fc.nat(400),
        byte: fc.constantFrom(0, 10, 13, 32, 48, 49, 58, 65, 127, 255),
        drop: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    );
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(answers, damage, places, async (answer, hits, at) => {
        let damaged = answer;
        for (const hit of hits) {
          const place = hit.at % damaged.length;
          const put = hit.drop ? '' : String.fromCharCode(hit.byte);
          damaged = damaged.slice(0, place) + put + damaged.slice(place + 1);
        }
        pieces = cut(damaged, at);
        const here = await ours();
        if (!here) return;
        taken += 1;
        // Bytes after the end are an error to Node; to undici and to us they only end the connection.
        const there = (await nodes()) ?? (await undicis());
        // Bare line feeds between chunks are read by curl, wget and us, not by llhttp.
        if (!there && /(?<!\r)\n/.test(damaged)) return;
        expect(here, JSON.stringify(damaged)).toEqual(there);
      }),
      { numRuns: Number(process.env.SHOAL_FUZZ ?? 400) },
    );
    // Otherwise a reader that refuses everything would pass.
    expect(taken).toBeGreaterThan(20);
  });
});
