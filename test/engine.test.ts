import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '../src/engine/index.ts';
import { fetchRequestSchema, thumbnailRequestSchema } from '../src/shared/requests.ts';
import type { ItemResult } from '../src/shared/result.ts';
import { sampleFolder } from './images/image-folders.ts';
import { onLinux } from './needs.ts';
import { startServer, text } from './servers/test-server.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
  vi.stubEnv('SHOAL_STATE_DIR', join(folder, 'state'));
  return () => vi.unstubAllEnvs();
});

const thumbnailsOf = (photos: string) =>
  thumbnailRequestSchema.parse({ kind: 'thumbnails', paths: [photos], recipe: {} });

describe('the engine', () => {
  it('runs requests of both kinds, one after the other and at once, with one ledger', async () => {
    await using server = await startServer(text('hello'));
    await using engine = new Engine({ keepThreads: 2 });
    const photos = await sampleFolder(3);
    const outputFolder = join(folder, 'files');
    const fetching = fetchRequestSchema.parse({
      kind: 'fetch',
      inputs: [{ kind: 'argument', value: `${server.origin}/a.txt` }],
      recipe: {},
      outputFolder,
    });
    const [made, fetched] = await Promise.all([engine.run(thumbnailsOf(photos)), engine.run(fetching)]);
    expect([made.done, fetched.done]).toEqual([3, 1]);
    expect(readdirSync(outputFolder)).toEqual(['a.txt']);
    expect(await engine.run(thumbnailsOf(photos))).toMatchObject({ done: 0, skipped: 3 });
    expect(await engine.run(thumbnailsOf(photos), { force: true })).toMatchObject({ done: 3 });
  });

  it('remembers for the next engine what it made', async () => {
    const photos = await sampleFolder(2);
    {
      await using first = new Engine();
      await first.run(thumbnailsOf(photos));
    }
    await using second = new Engine();
    expect(await second.run(thumbnailsOf(photos))).toMatchObject({ skipped: 2 });
  });

  it('times a request without the ledger and does it again each time', async () => {
    await using engine = new Engine();
    const photos = await sampleFolder(2);
    for (const _ of [1, 2]) expect(await engine.time(thumbnailsOf(photos))).toMatchObject({ done: 2 });
    expect(existsSync(join(folder, 'state'))).toBe(false);
  });

  it('gives a run the workers that were started for it, and ends those that nobody took', async () => {
    await using engine = new Engine();
    engine.startWorkers({ kind: 'fetches', thumbnails: false });
    const photos = await sampleFolder(2);
    expect(await engine.run(thumbnailsOf(photos))).toMatchObject({ done: 2 });
    engine.startWorkers({ kind: 'thumbnails', threads: 2 });
    expect(await engine.run(thumbnailsOf(photos), { force: true })).toMatchObject({ done: 2 });
  });

  it('starts new workers after those that were kept have been ended', async () => {
    await using engine = new Engine({ keepThreads: 2 });
    await engine.warmUp();
    await engine.endWorkers();
    expect(await engine.run(thumbnailsOf(await sampleFolder(2)))).toMatchObject({ done: 2 });
  });

  it('keeps what is wrong with the ledger for a run that listens', async () => {
    writeFiles(folder, { state: 'a file where the folder should be' });
    await using engine = new Engine();
    const photos = await sampleFolder(2);
    await engine.run(thumbnailsOf(photos), { dryRun: true });
    const warnings: string[] = [];
    await engine.run(thumbnailsOf(photos), { onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toEqual([expect.stringMatching(/ledger/)]);
  });

  onLinux.test('leaves no ledger open that it was only opening', async () => {
    const engine = new Engine();
    const warming = engine.warmUp();
    await engine.close();
    await warming;
    const open = readdirSync('/proc/self/fd').map((file) => linkOf(`/proc/self/fd/${file}`));
    expect(open.filter((path) => path.startsWith(folder))).toEqual([]);
  });

  it('tells the run what is wrong with the ledger, and goes on', async () => {
    writeFiles(folder, { state: 'a file where the folder should be' });
    await using engine = new Engine();
    const warnings: string[] = [];
    const results: ItemResult[] = [];
    const summary = await engine.run(thumbnailsOf(await sampleFolder(2)), {
      onWarning: (warning) => warnings.push(warning),
      onResult: (result) => results.push(result),
    });
    expect(summary).toMatchObject({ done: 2 });
    expect(results).toHaveLength(2);
    expect(warnings).toEqual([expect.stringMatching(/ledger/)]);
  });
});

/** Empty for what has been closed since it was listed. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
