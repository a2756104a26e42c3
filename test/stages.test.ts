import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runThumbnails } from '../src/engine/thumbnails/run-thumbnails.ts';
import { thumbnailRequestSchema } from '../src/shared/requests.ts';
import type { ItemResult } from '../src/shared/result.ts';
import { FetchRuns } from './fetch-runs.ts';
import { sampleFolder } from './images/image-folders.ts';
import { plain } from './images/test-images.ts';
import { startServer } from './servers/test-server.ts';
import { tempFolder } from './temp-folder.ts';

async function thumbnailsOf(folder: string, recipe: object, timings = false) {
  const results: ItemResult[] = [];
  const request = thumbnailRequestSchema.parse({ kind: 'thumbnails', paths: [folder], recipe });
  const onResult = (result: ItemResult) => results.push(result);
  return { summary: await runThumbnails(request, { timings, onResult }), results };
}

describe('the stages of images', () => {
  it('are summed up for the run, and told of each only if asked for', async () => {
    const folder = await sampleFolder(3);
    const { summary, results } = await thumbnailsOf(folder, {});
    // Our JPEG kernel decodes, resizes and encodes in one go.
    expect(Object.keys(summary.stages ?? {}).sort()).toEqual(['decode', 'read', 'write']);
    expect(results.filter((result) => 'stages' in result)).toEqual([]);
  });

  it('of single images add up to those of the run, and to no more than their time', async () => {
    const folder = await sampleFolder(3);
    const { summary, results } = await thumbnailsOf(folder, { format: 'webp' }, true);
    for (const stage of ['read', 'decode', 'encode', 'write'] as const) {
      const sum = results.reduce((ms, { stages = {} }) => ms + (stages[stage] ?? 0), 0);
      expect(sum).toBeGreaterThan(0);
      expect(summary.stages?.[stage]).toBeCloseTo(sum, 3);
    }
    for (const { ms, stages = {} } of results) {
      expect(Object.values(stages).reduce((sum, stage) => sum + stage, 0)).toBeLessThanOrEqual(ms + 0.1);
    }
  });

  it('are told apart as finely as the codec shows them', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'a.png'), await plain(400, 300).png().toBuffer());
    const { summary } = await thumbnailsOf(folder, {});
    expect(Object.keys(summary.stages ?? {}).sort()).toEqual(['decode', 'encode', 'read', 'resize', 'write']);
  });
});

describe('the stages of transfers', () => {
  it('tell where the time of each file went, also in what failed', async () => {
    await using server = await startServer(async (request, response) => {
      if (request.url === '/missing') return void response.writeHead(404).end();
      await delay(60);
      response.writeHead(200, { 'content-length': 2 });
      response.write('a');
      await delay(400);
      response.end('b');
    });
    using runs = new FetchRuns();
    const [slow, missing] = [`${server.origin}/slow`, `${server.origin}/missing`];
    const { summary, of } = await runs.fetch([slow, missing], { retries: 0 }, { timings: true });
    const { firstByte = 0, body = 0 } = of(slow).stages ?? {};
    expect(firstByte).toBeGreaterThanOrEqual(59);
    // A thread that is busy sees the first byte late, and the end not before it comes.
    expect(firstByte + body).toBeGreaterThanOrEqual(459);
    expect(body).toBeGreaterThan(100);
    expect(of(slow).stages).toMatchObject({ connect: expect.any(Number), write: expect.any(Number) });
    expect(of(missing).stages?.firstByte).toBeGreaterThan(0);
    expect(summary.stages?.firstByte).toBeGreaterThan(of(slow).stages?.firstByte ?? 0);
    expect(summary.hosts).toEqual([
      {
        host: new URL(server.origin).host,
        requests: 2,
        refusals: 0,
        limit: 6,
        p50: expect.any(Number),
        p95: expect.any(Number),
      },
    ]);
  });

  it('tell how long a file waited for its host, and what its host turned away', async () => {
    let asked = 0;
    await using server = await startServer(async (_request, response) => {
      asked += 1;
      if (asked === 1) return void response.writeHead(429, { 'retry-after': '0' }).end();
      await delay(50);
      response.end('x');
    });
    using runs = new FetchRuns();
    const urls = [1, 2, 3].map((at) => `${server.origin}/${at}`);
    const { summary, results } = await runs.fetch(urls, { perHost: 1 }, { timings: true });
    expect(summary).toMatchObject({ done: 3, hosts: [{ requests: 4, refusals: 1, limit: 1 }] });
    expect(summary.stages?.host).toBeGreaterThanOrEqual(100);
    expect(results.filter(({ stages }) => (stages?.host ?? 0) > 0).length).toBeGreaterThanOrEqual(2);
  });

  it('include those of the thumbnails that are made of them', async () => {
    const image = await plain(400, 300).png().toBuffer();
    await using server = await startServer((_request, response) => void response.end(image));
    using runs = new FetchRuns();
    const url = `${server.origin}/a.png`;
    const { of } = await runs.fetch([url], { thumbnail: {} }, { timings: true });
    expect(of(url).stages).toMatchObject({ firstByte: expect.any(Number), resize: expect.any(Number) });
  });
});
