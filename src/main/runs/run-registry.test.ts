import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSampleImages, sampleJpeg } from '../../../test/images/sample-images.ts';
import { Page } from '../../../test/page.ts';
import { Engine } from '../../engine/index.ts';
import { jobSchema } from '../../shared/ipc/job.ts';
import type { RunId } from '../../shared/ipc/run.ts';
import type { TuneUpdate } from '../../shared/ipc/tune.ts';
import { ThumbRegistry } from '../images/thumb-registry.ts';
import { FileRegistry } from '../inputs/file-registry.ts';
import { InputRegistry } from '../inputs/input-registry.ts';
import { OutputRegistry } from '../inputs/output-registry.ts';
import { previewJob } from '../jobs/preview-job.ts';
import { type ResolvedJob, resolveJob } from '../jobs/resolved-job.ts';
import { PastedLists } from '../storage/pasted-lists.ts';
import { RecentRuns } from '../storage/recent-runs.ts';
import type { Run } from './run.ts';
import { RunRegistry } from './run-registry.ts';
import { TuneRun } from './tune-run.ts';

const fixed = (size: number) => ({ size, automatic: false });

let folder: string;
let photos: string;
let app: ReturnType<typeof startApp>;
const engines: Engine[] = [];

/** The real engine behind the functions that the handlers call, with its state in the test's own folder. */
function startApp() {
  const engine = new Engine({ keepThreads: 8 });
  engines.push(engine);
  const page = new Page();
  const thumbs = new ThumbRegistry();
  const recent = new RecentRuns(new PastedLists(join(folder, 'lists')));
  const over: Run[] = [];
  const sessions = new RunRegistry({
    engine,
    thumbs,
    modules: { mayRun: async () => true },
    recent,
    poolCeiling: 8,
    tell: page.tell,
    onEnded: (session) => over.push(session),
  });
  page.acknowledge = (runId, sequence) => sessions.find(runId)?.acknowledge(sequence);
  return { engine, page, thumbs, recent, sessions, over };
}

async function jobFor(paths: string[], job: object = {}): Promise<Exclude<ResolvedJob, { kind: 'map' }>> {
  const inputs = new InputRegistry();
  const { inputs: given } = await inputs.registerPaths(paths);
  const request = {
    inputs: given.map(({ id }) => id),
    job: jobSchema.parse({ kind: 'thumbnails', recipe: {}, ...job }),
  };
  const resolved = resolveJob(request, {
    inputs,
    outputs: new OutputRegistry(),
    files: new FileRegistry(),
    modules: { get: () => undefined },
    downloads: join(folder, 'downloads'),
  });
  if (resolved.kind === 'map') throw new Error('These tests run no module.');
  return resolved;
}

/** Copies one picture under many names: quick to make, and enough work to act in the middle of a run. */
async function manyPhotos(count: number): Promise<void> {
  const picture = await sampleJpeg(1, 320, 240);
  for (let index = 0; index < count; index += 1) writeFileSync(join(photos, `${index}.jpg`), picture);
}

const outputs = () => readdirSync(join(photos, 'thumbs')).sort();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shoal-sessions-'));
  process.env.SHOAL_STATE_DIR = join(folder, 'state');
  photos = join(folder, 'photos');
  mkdirSync(photos);
  app = startApp();
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  delete process.env.SHOAL_STATE_DIR;
  rmSync(folder, { recursive: true, force: true });
});

describe('a run of the window', () => {
  it('makes the thumbnails, tells them, shows them by id, and is remembered', async () => {
    const names = await makeSampleImages(photos, { count: 12 });
    const runId = await app.sessions.start(await jobFor([photos]), fixed(2));
    const last = await app.page.finished(runId);
    expect(last).toMatchObject({ counters: { total: 12, done: 12, failed: 0 } });
    expect(outputs()).toEqual(names);
    const [row] = app.sessions.get(runId).rows({ filter: 'done' }, 0, 1).rows;
    const shown = await app.thumbs.answer(`thumb://shoal/${row?.thumb}`);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    expect(app.recent.list()).toMatchObject([
      { runId, title: 'photos', kind: 'thumbnails', counters: { done: 12 } },
    ]);
    expect(app.recent.list()[0]?.standing).toBe('ended');
    expect(app.over.map((session) => session.runId)).toEqual([runId]);
  });

  it('is forgotten with its rows and pictures once the page leaves it, and not before it is over', async () => {
    await manyPhotos(200);
    const runId = await app.sessions.start(await jobFor([photos]), fixed(1));
    app.sessions.leave(runId);
    expect(app.sessions.find(runId)).toBeDefined();
    await app.page.finished(runId);
    const [row] = app.sessions.get(runId).rows({ filter: 'done' }, 0, 1).rows;
    app.sessions.leave(runId);
    expect(app.sessions.find()).toBeUndefined();
    expect((await app.thumbs.answer(`thumb://shoal/${row?.thumb}`)).status).toBe(404);
  });

  it('retries what failed, and nothing else, to where the first run would have put it', async () => {
    await makeSampleImages(join(photos, 'deep'), { count: 3 });
    writeFileSync(join(photos, 'deep', 'broken.jpg'), 'not an image');
    const first = await app.sessions.start(await jobFor([photos]), fixed(2));
    expect(await app.page.finished(first)).toMatchObject({ counters: { done: 3, failed: 1 } });
    writeFileSync(join(photos, 'deep', 'broken.jpg'), await sampleJpeg(9, 300, 200));
    const second = await app.sessions.retryFailed(first);
    expect(await app.page.finished(second)).toMatchObject({
      counters: { total: 1, done: 1, skipped: 0, failed: 0 },
    });
    expect(readdirSync(join(photos, 'thumbs', 'deep'))).toContain('broken.jpg');
    await expect(app.sessions.retryFailed(second)).rejects.toMatchObject({ code: 'NOTHING_FAILED' });
  });

  it('retries what failed, and where that was cut short, does no more than its rest', async () => {
    await makeSampleImages(photos, { count: 3 });
    for (const name of ['one', 'two']) writeFileSync(join(photos, `${name}.jpg`), 'not an image');
    const first = await app.sessions.start(await jobFor([photos]), fixed(2));
    await app.page.finished(first);
    const second = await app.sessions.retryFailed(first);
    await app.page.finished(second);
    rmSync(join(photos, 'thumbs'), { recursive: true });
    const job = app.recent.job(second) as ResolvedJob;
    for (const continued of [second, undefined]) {
      const last = app.recent.list()[0]?.runId as RunId;
      const again = await app.sessions.start(job, fixed(2), { continues: continued ?? last });
      expect((await app.page.finished(again)).counters).toMatchObject({ total: 2, failed: 2 });
    }
  });

  it('fetches a list, tells its failures, and retries them under the same names', async () => {
    const list = join(folder, 'urls.txt');
    writeFileSync(list, 'http://127.0.0.1:9/a.jpg\nhttp://127.0.0.1:9/b.jpg\nnot a url\n');
    const job = await jobFor([list], { kind: 'fetch', recipe: { retries: 0, timeout: 2 } });
    const runId = await app.sessions.start(job, fixed(4));
    const last = await app.page.finished(runId);
    expect(last.counters).toMatchObject({ total: 3, failed: 3, totalKnown: true });
    expect(last.failures.map(({ code }) => code)).toContain('CONNECT_REFUSED');
    const again = await app.sessions.retryFailed(runId);
    expect((await app.page.finished(again)).counters).toMatchObject({ total: 3, failed: 3 });
  });

  it('is cancelled with what it had done, and says so', async () => {
    await manyPhotos(2_000);
    const runId = await app.sessions.start(await jobFor([photos]), fixed(1));
    await app.page.hears(({ counters }) => counters.done > 0);
    app.sessions.cancel(runId);
    const { counters } = await app.page.finished(runId);
    expect(counters.done).toBeLessThan(2_000);
    expect(outputs().filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(app.recent.list()[0]?.standing).toBe('cancelled');
  });

  it('is refused with a sentence where it cannot start, and leaves no trace', async () => {
    const gone = await jobFor([photos]);
    rmSync(photos, { recursive: true });
    await expect(app.sessions.start(gone, fixed(2))).rejects.toMatchObject({ code: 'CANNOT_START' });
    expect(app.sessions.find()).toBeUndefined();
    expect(app.recent.list()).toEqual([]);
    expect(app.sessions.isOn).toBe(false);
  });

  it('is the only one that is on', async () => {
    await manyPhotos(1_000);
    const job = await jobFor([photos]);
    const runId = await app.sessions.start(job, fixed(1));
    await expect(app.sessions.start(job, fixed(1))).rejects.toMatchObject({ code: 'RUN_ON' });
    app.sessions.cancel(runId);
    await app.page.finished(runId);
  });

  it('that was quit in the middle is offered, and its rest is done by the next start', async () => {
    await manyPhotos(2_000);
    const first = await app.sessions.start(await jobFor([photos]), fixed(1));
    await app.page.hears(({ counters }) => counters.done > 3);
    await app.sessions.quit();
    await app.engine.close();
    const before = outputs().length;
    expect(before).toBeLessThan(2_000);

    const next = startApp();
    const [offered] = next.recent.list();
    expect(offered).toMatchObject({ runId: first });
    expect(offered?.standing).toBe('unfinished');
    const job = next.recent.job(first as RunId);
    const runId = await next.sessions.start(job as ResolvedJob, fixed(2), { continues: first });
    const { counters } = await next.page.finished(runId);
    expect(counters).toMatchObject({ total: 2_000, failed: 0, skipped: before });
    expect(next.recent.list().map((run) => run.runId)).toEqual([runId]);
    expect(outputs()).toHaveLength(2_000);
  });
});

describe('before and beside a run', () => {
  it('a preview counts what a run would do, and writes nothing', async () => {
    await makeSampleImages(photos, { count: 5 });
    const job = await jobFor([photos]);
    const look = async () => {
      const found = previewJob(
        job,
        (each, options) => app.engine.run(each.request, { ...options, force: each.force }),
        new AbortController().signal,
      );
      await found.ended;
      return found.preview();
    };
    expect(await look()).toMatchObject({
      total: 5,
      skipped: 0,
      partial: false,
      destination: join(photos, 'thumbs'),
    });
    expect(existsSync(join(photos, 'thumbs'))).toBe(false);
    const runId = await app.sessions.start(job, fixed(2));
    await app.page.finished(runId);
    writeFileSync(join(photos, 'new.jpg'), await sampleJpeg(77, 200, 100));
    expect(await look()).toMatchObject({ total: 6, skipped: 5 });
  });

  it('a preview tells lines that are no URLs', async () => {
    const list = join(folder, 'urls.txt');
    writeFileSync(list, 'https://example.com/a.jpg\nnot a url\n');
    const job = await jobFor([list], { kind: 'fetch' });
    const found = previewJob(
      job,
      (each, options) => app.engine.run(each.request, { ...options, force: each.force }),
      new AbortController().signal,
    );
    await found.ended;
    const preview = found.preview();
    expect(preview).toMatchObject({ total: 2, unusable: 1, destination: join(folder, 'downloads') });
    expect(preview.unusableExamples[0]?.message).not.toBe('');
  });

  it('a measurement tells a point a pool size and the knee, and leaves nothing behind', async () => {
    await makeSampleImages(photos, { count: 6 });
    const told: TuneUpdate[] = [];
    const ended = Promise.withResolvers<void>();
    const tuning = new TuneRun({
      time: (job, options) => app.engine.time(job.request, options),
      poolCeiling: 8,
      tell: (update) => {
        told.push(update);
        if (update.state !== 'measuring') ended.resolve();
      },
    });
    const job = await jobFor([photos]);
    tuning.start(job, [1, 2, 99]);
    expect(() => tuning.start(job)).toThrow('is on');
    await ended.promise;
    expect(told.at(-1)).toMatchObject({
      state: 'finished',
      sizes: [1, 2, 8],
      points: [{ poolSize: 1, failed: 0 }, {}, {}],
    });
    expect(told[0]).toMatchObject({ state: 'measuring', current: 1, points: [] });
    expect(existsSync(join(photos, 'thumbs'))).toBe(false);
  });

  it('a measurement is cancelled at once', async () => {
    await makeSampleImages(photos, { count: 30 });
    const told: TuneUpdate[] = [];
    const tuning = new TuneRun({
      time: (job, options) => app.engine.time(job.request, options),
      poolCeiling: 8,
      tell: (update) => told.push(update),
    });
    tuning.start(await jobFor([photos]));
    await tuning.cancel();
    expect(told.at(-1)?.state).toBe('cancelled');
  });
});
