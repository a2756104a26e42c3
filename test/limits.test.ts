import { linkSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LivePoolSize, mapStream } from '../src/engine/index.ts';
import { runThumbnails } from '../src/engine/thumbnails/run-thumbnails.ts';
import type { Limit } from '../src/shared/limits/limit.ts';
import { thumbnailRequestSchema } from '../src/shared/requests.ts';
import { FetchRuns } from './fetch-runs.ts';
import { sampleJpeg } from './images/sample-images.ts';
import { startServer, type TestServer } from './servers/test-server.ts';
import { tempFolder } from './temp-folder.ts';

const urlsOf = ({ origin }: TestServer, count: number) =>
  Array.from({ length: count }, (_, at) => `${origin}/${at}`);

const answerAfter = (ms: number) =>
  startServer(async (_request, response) => {
    await delay(ms);
    response.end('x');
  });

describe('a fetch names what limits it', () => {
  it('the requests at once that one host may get, and how many would do twice as much', async () => {
    await using server = await answerAfter(100);
    using runs = new FetchRuns();
    const told: Limit[] = [];
    const onLimit = (limit: Limit) => told.push(limit);
    const { summary } = await runs.fetch(urlsOf(server, 200), {}, { poolSize: 64, onLimit });
    const found = {
      kind: 'host-limit',
      host: new URL(server.origin).host,
      atOnce: 6,
      suggested: 12,
      gain: 2,
    };
    expect(summary.limit).toMatchObject({ ...found, ms: expect.any(Number) });
    expect(told[0]).toMatchObject(found);
  });

  it('a host that turns requests away', async () => {
    let next = 0;
    await using server = await startServer((_request, response) => {
      const now = performance.now();
      if (now < next) return void response.writeHead(429).end();
      next = now + 80;
      response.end('x');
    });
    using runs = new FetchRuns();
    const { summary } = await runs.fetch(urlsOf(server, 60), { retries: 20 }, { poolSize: 64 });
    expect(summary.limit).toMatchObject({ kind: 'refusals', host: new URL(server.origin).host });
    expect(summary.hosts?.[0]?.refusals).toBeGreaterThan(0);
  });

  it('the gap that is asked for', async () => {
    await using server = await answerAfter(1);
    using runs = new FetchRuns();
    const { summary } = await runs.fetch(urlsOf(server, 30), { minGap: 0.1 }, { poolSize: 8 });
    expect(summary.limit).toEqual({ kind: 'gap', host: new URL(server.origin).host, gapMs: 100 });
  });

  it('a host that answers no sooner, however many it is asked for at once', async () => {
    const waiting: ServerResponse[] = [];
    const serving = setInterval(() => waiting.shift()?.end('x'), 10);
    await using server = await startServer((_request, response) => waiting.push(response));
    using runs = new FetchRuns();
    const { summary } = await runs.fetch(urlsOf(server, 400), { perHost: 64 }, { poolSize: 64 });
    clearInterval(serving);
    expect(summary.limit).toMatchObject({ kind: 'host-answers', host: new URL(server.origin).host });
  });

  it('the network, or what the host sends, where bodies are under way all the time', async () => {
    await using server = await startServer(async (_request, response) => {
      response.writeHead(200, { 'content-length': 10_000 });
      for (let sent = 0; sent < 10_000; sent += 1_000) {
        response.write(Buffer.alloc(1_000));
        await delay(30);
      }
      response.end();
    });
    using runs = new FetchRuns();
    const { summary } = await runs.fetch(urlsOf(server, 60), {}, { poolSize: 6 });
    expect(summary.limit).toMatchObject({ kind: 'network', host: new URL(server.origin).host });
  });

  it('the bandwidth that the person allows', async () => {
    await using server = await startServer((_request, response) => response.end(Buffer.alloc(25_000)));
    using runs = new FetchRuns();
    const recipe = { bandwidth: 250_000, perHost: 16 };
    const { summary } = await runs.fetch(urlsOf(server, 40), recipe, { poolSize: 16 });
    expect(summary.limit).toMatchObject({ kind: 'bandwidth', limit: 250_000 });
  });

  it('the pool, where the only place waits for answers', async () => {
    await using server = await answerAfter(80);
    using runs = new FetchRuns();
    const { summary } = await runs.fetch(urlsOf(server, 40), {}, { poolSize: 1 });
    expect(summary.limit).toMatchObject({ kind: 'pool', poolSize: 1, suggested: 2, gain: 2 });
  });

  it('nothing, if it has too few files to tell', async () => {
    await using server = await answerAfter(5);
    using runs = new FetchRuns();
    const { summary } = await runs.fetch(urlsOf(server, 15), {}, { poolSize: 1 });
    expect(summary).not.toHaveProperty('limit');
  });
});

describe('a run over a folder names what limits it', () => {
  it('the processor, where thumbnails keep all cores busy', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, '0.jpg'), await sampleJpeg(1, 3_000, 2_000));
    for (let at = 1; at < 120 * availableParallelism(); at += 1) {
      linkSync(join(folder, '0.jpg'), join(folder, `${at}.jpg`));
    }
    const recipe = { box: { width: 1_000, height: 1_000 } };
    const request = thumbnailRequestSchema.parse({ kind: 'thumbnails', paths: [folder], recipe });
    const { limit } = await runThumbnails(request);
    expect(limit).toMatchObject({ kind: 'processor', cores: availableParallelism() });
  });
});

describe('a map names what limits it', () => {
  async function limitOf(task: string, items: Iterable<number> | AsyncIterable<number>, poolSize: number) {
    let last: Limit | undefined;
    const onLimit = (limit: Limit) => {
      last = limit;
    };
    for await (const result of mapStream(join(import.meta.dirname, 'tasks', task), items, {
      poolSize,
      onLimit,
    })) {
      expect(result.status).toBe('done');
    }
    return last;
  }

  it('the processor, where the module computes', async () => {
    const cores = availableParallelism();
    const items = Array.from({ length: 40 * cores }, () => 60);
    expect(await limitOf('compute.mjs', items, cores)).toMatchObject({ kind: 'processor', cores });
  });

  it('the pool, where the module waits', async () => {
    const items = Array.from({ length: 100 }, () => 100);
    expect(await limitOf('wait.mjs', items, 4)).toMatchObject({ kind: 'pool', poolSize: 4, suggested: 8 });
  });

  it('the reader, where items come slowly', async () => {
    async function* slowly() {
      for (let at = 0; at < 60; at += 1) {
        await delay(50);
        yield 1;
      }
    }
    expect(await limitOf('wait.mjs', slowly(), 4)).toMatchObject({ kind: 'reader' });
  });
});

it('what is told in the course of a run follows the pool', async () => {
  await using server = await answerAfter(50);
  using runs = new FetchRuns();
  const poolSize = new LivePoolSize(1, 32);
  const told: Limit[] = [];
  const onLimit = (limit: Limit) => {
    told.push(limit);
    if (limit.kind === 'pool') poolSize.resize(32);
  };
  await runs.fetch(urlsOf(server, 600), {}, { poolSize, onLimit });
  expect(told[0]).toMatchObject({ kind: 'pool', poolSize: 1 });
  expect(told.at(-1)).toMatchObject({ kind: 'host-limit', atOnce: 6 });
});
