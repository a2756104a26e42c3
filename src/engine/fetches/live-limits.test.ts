import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { startServer, type TestServer } from '../../../test/servers/test-server.ts';
import { waitUntil } from '../../../test/wait-until.ts';
import type { HostsStanding } from '../../shared/progress/hosts-standing.ts';
import { LivePoolSize } from '../pool/live-pool-size.ts';
import { LiveLimits } from '../run/limits/live-limits.ts';

/** Holds whoever asks until it is told to answer. */
class Held {
  readonly waiting: ServerResponse[] = [];
  most = 0;

  readonly listener = (_request: unknown, response: ServerResponse): void => {
    this.waiting.push(response);
    this.most = Math.max(this.most, this.waiting.length);
  };

  have(count: number): Promise<void> {
    return waitUntil(() => this.waiting.length === count, `${count} wait`);
  }

  answer(status = 200): void {
    for (const response of this.waiting.splice(0)) response.writeHead(status).end('x');
  }
}

let held: Held;
let server: TestServer;
let runs: FetchRuns;

beforeEach(async () => {
  held = new Held();
  server = await startServer(held.listener);
  runs = new FetchRuns();
});

afterEach(async () => {
  runs[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

const urls = (count: number) => Array.from({ length: count }, (_, at) => `${server.origin}/${at}`);
const host = () => new URL(server.origin).host;
const poolSize = () => new LivePoolSize(32, 32);

it('a host that is allowed more at once gets them at once, and loses nothing that was in flight', async () => {
  const limits = new LiveLimits();
  const fetched = runs.fetch(urls(60), { perHost: 2 }, { poolSize: poolSize(), limits });
  await held.have(2);
  limits.change({ kind: 'per-host', host: host(), atOnce: 6 });
  await held.have(6);
  // Fewer again: what is in flight ends, and then no more than that are asked for.
  limits.change({ kind: 'per-host', host: host(), atOnce: 3 });
  held.answer();
  await held.have(3);
  held.most = 0;
  const answering = setInterval(() => held.answer(), 5);
  const { summary } = await fetched;
  clearInterval(answering);
  expect(summary).toMatchObject({ done: 60, failed: 0 });
  expect(held.most).toBe(3);
  expect(server.requests).toHaveLength(60);
});

it('a number for all hosts leaves those alone that have one of their own', async () => {
  const limits = new LiveLimits();
  const fetched = runs.fetch(urls(20), { perHost: 1 }, { poolSize: poolSize(), limits });
  await held.have(1);
  limits.change({ kind: 'per-host', host: host(), atOnce: 2 });
  limits.change({ kind: 'per-host', atOnce: 9 });
  await held.have(2);
  const answering = setInterval(() => held.answer(), 5);
  await fetched;
  clearInterval(answering);
  expect(held.most).toBe(2);
});

it('a host that is held is asked nothing, and everything once it is let go', async () => {
  const limits = new LiveLimits();
  let ended = 0;
  const fetched = runs.fetch(
    urls(12),
    { perHost: 4 },
    { poolSize: poolSize(), limits, onResult: () => ended++ },
  );
  await held.have(4);
  limits.change({ kind: 'hold', host: host() });
  held.answer();
  await waitUntil(() => ended === 4, 'those in flight have ended');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(held.waiting).toHaveLength(0);
  expect(server.requests).toHaveLength(4);
  limits.change({ kind: 'let-go', host: host() });
  await held.have(4);
  const answering = setInterval(() => held.answer(), 5);
  expect((await fetched).summary).toMatchObject({ done: 12 });
  clearInterval(answering);
});

it('a host that is held does not keep a run from being cancelled', async () => {
  const limits = new LiveLimits();
  const cancelling = new AbortController();
  const options = { poolSize: poolSize(), limits, signal: cancelling.signal };
  const fetched = runs.fetch(urls(12), { perHost: 4 }, options);
  await held.have(4);
  limits.change({ kind: 'hold', host: host() });
  cancelling.abort();
  held.answer();
  expect((await fetched).summary.done).toBeLessThanOrEqual(4);
});

it('a host that turns requests away is asked less, whatever it may get by hand', async () => {
  const limits = new LiveLimits();
  const recipe = { perHost: 4, retries: 20 };
  const fetched = runs.fetch(urls(30), recipe, { poolSize: poolSize(), limits });
  await held.have(4);
  limits.change({ kind: 'per-host', host: host(), atOnce: 30 });
  await waitUntil(() => held.waiting.length > 4, 'more than before have come');
  held.answer(429);
  held.most = 0;
  const answering = setInterval(() => held.answer(), 5);
  expect((await fetched).summary).toMatchObject({ done: 30 });
  clearInterval(answering);
  expect(held.most).toBeLessThan(8);
});

/** A server of 100 files of 64 KiB, without delay. */
async function sender() {
  const body = Buffer.alloc(64 * 1_024);
  const sending = await startServer((_request, response) => response.end(body));
  const urls = Array.from({ length: 100 }, (_, at) => `${sending.origin}/${at}`);
  return {
    urls,
    requests: sending.requests,
    [Symbol.asyncDispose]: () => sending[Symbol.asyncDispose](),
  };
}

it.each([
  ['one that is there is raised', { bandwidth: 50_000 }, 1_000_000_000],
  ['one that is there is taken away', { bandwidth: 50_000 }, undefined],
])('the bandwidth is changed for all threads: %s', async (_how, recipe, bytesPerSecond) => {
  await using sending = await sender();
  const limits = new LiveLimits();
  const startedAt = performance.now();
  // At this speed it would take more than two minutes.
  const fetched = runs.fetch(sending.urls, { ...recipe, perHost: 2 }, { poolSize: poolSize(), limits });
  await waitUntil(() => sending.requests.length > 0, 'the first has come');
  limits.change({ kind: 'bandwidth', ...(bytesPerSecond !== undefined && { bytesPerSecond }) });
  expect((await fetched).summary).toMatchObject({ done: 100 });
  expect(performance.now() - startedAt).toBeLessThan(60_000);
});

it('the bandwidth is limited where it was not', async () => {
  await using sending = await sender();
  const limits = new LiveLimits();
  const cancelling = new AbortController();
  const options = { poolSize: poolSize(), limits, signal: cancelling.signal };
  let at: number | undefined;
  const fetched = runs.fetch(
    sending.urls,
    { perHost: 2 },
    {
      ...options,
      onResult: () => {
        at ??= performance.now();
        if (at !== undefined) limits.change({ kind: 'bandwidth', bytesPerSecond: 200_000 });
      },
    },
  );
  // Of 6.5 MB next to nothing comes in the second after that.
  await waitUntil(() => at !== undefined && performance.now() - at > 1_000, 'a second has passed');
  expect(sending.requests.length).toBeLessThan(50);
  cancelling.abort();
  await fetched;
});

it('no more hosts are told apart by hand than memory allows', () => {
  const limits = new LiveLimits();
  const allow = (at: number) => limits.change({ kind: 'per-host', host: `${at}.test`, atOnce: 1 });
  for (let at = 0; at < 1_000; at += 1) allow(at);
  expect(() => allow(1_000)).toThrow(RangeError);
  allow(7);
});

it('each host is told of: what is left there, how fast it goes, and what failed', async () => {
  const told: HostsStanding[] = [];
  await using other = await startServer((_request, response) => response.writeHead(404).end());
  const elsewhere = Array.from({ length: 5 }, (_, at) => `${other.origin}/${at}`);
  const options = { poolSize: poolSize(), onHosts: (hosts: HostsStanding) => told.push(hosts) };
  const fetched = runs.fetch([...urls(12), ...elsewhere], { perHost: 3 }, options);
  await held.have(3);
  held.answer();
  await held.have(3);
  await waitUntil(() => told.at(-1)?.hosts[0]?.left === 9, 'what is left is told');
  const atOther = { host: new URL(other.origin).host, left: 0, failed: 5 };
  await waitUntil(() => told.at(-1)?.hosts[1]?.failed === 5, 'the failures are told');
  expect(told.at(-1)).toMatchObject({
    hosts: [{ host: host(), left: 9, failed: 0, atOnce: 3, isHeld: false, p50: expect.any(Number) }, atOther],
    more: { hosts: 0, left: 0 },
    mostAtOnce: 3,
  });
  const answering = setInterval(() => held.answer(), 5);
  await fetched;
  clearInterval(answering);
});
