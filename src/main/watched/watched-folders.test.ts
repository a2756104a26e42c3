import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeSampleImages, sampleJpeg } from '../../../test/images/sample-images.ts';
import { tempFolder } from '../../../test/temp-folder.ts';
import { waitUntil } from '../../../test/wait-until.ts';
import { Engine } from '../../engine/index.ts';
import { runIds } from '../../engine/run/front-ends/index.ts';
import type { Watched, WatchedFolder } from '../../shared/ipc/watched.ts';
import { thumbnailRequestSchema } from '../../shared/requests.ts';
import { ThumbRegistry } from '../images/thumb-registry.ts';
import { RunRegistry } from '../runs/run-registry.ts';
import { PastedLists } from '../storage/pasted-lists.ts';
import { RecentRuns } from '../storage/recent-runs.ts';
import { KeptWatches, mostWatched } from './kept-watches.ts';
import type { FolderJob } from './watched-entry.ts';
import { WatchedFolders } from './watched-folders.ts';

let folder: string;
let photos: string;
let stateBefore: string | undefined;
const opened: { close: () => Promise<void> }[] = [];

beforeEach(async () => {
  folder = tempFolder();
  photos = join(folder, 'photos');
  stateBefore = process.env.SHOAL_STATE_DIR;
  process.env.SHOAL_STATE_DIR = join(folder, 'state');
  await makeSampleImages(photos, { count: 2 });
});

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  if (stateBefore === undefined) delete process.env.SHOAL_STATE_DIR;
  else process.env.SHOAL_STATE_DIR = stateBefore;
});

/** The app as far as it keeps folders up to date: the real engine, its runs, and what tells of them. */
function startApp() {
  const engine = new Engine({ keepThreads: 2 });
  const recent = new RecentRuns(new PastedLists(join(folder, 'lists')));
  const size = { size: 2, automatic: false };
  let told: Watched = { folders: [] };
  const passed = new Set<WatchedFolder['state']>();
  const started: string[] = [];
  const sessions = new RunRegistry({
    engine,
    thumbs: new ThumbRegistry(),
    modules: { mayRun: async () => true },
    recent,
    poolCeiling: 2,
    tell: ({ runId, sequence }) => setImmediate(() => sessions.find(runId)?.acknowledge(sequence)),
    onEnded: async (session, _job, id) => {
      if (id) await watched.ended(session, id);
      watched.goOn();
    },
  });
  const watched = new WatchedFolders({
    file: new KeptWatches(join(folder, 'watched.json')),
    engine,
    start: (job, id) => {
      started.push(job.title);
      return sessions.start(job, size, { watched: id });
    },
    isBusy: () => sessions.isOn,
    journalOf: (runId) => recent.journalIdOf(runId),
    tell: (state) => {
      told = state;
      for (const entry of state.folders) passed.add(entry.state);
    },
  });
  const close = async () => {
    await watched.close();
    await sessions.quit();
    await engine.close();
  };
  opened.push({ close });
  watched.start();
  const first = (): WatchedFolder => {
    const [entry] = watched.state().folders;
    if (entry === undefined) throw new Error('No folder is watched.');
    return entry;
  };
  const stands = (state: WatchedFolder['state']) =>
    waitUntil(() => told.folders[0]?.state === state, `its folder is ${state}`);
  /** States pass quickly: whether it has been in one since it was asked last. */
  const was = async (state: WatchedFolder['state']) => {
    await waitUntil(() => passed.has(state), `its folder was ${state}`);
    passed.clear();
  };
  return { watched, sessions, recent, started, first, stands, was, close, size };
}

function job(path = photos, further: Partial<FolderJob['request']> = {}): FolderJob {
  const request = thumbnailRequestSchema.parse({ kind: 'thumbnails', paths: [path], recipe: {}, ...further });
  const thumbs = join(path, 'thumbs');
  return { kind: 'thumbnails', request, force: false, title: 'photos', destination: thumbs, folder: thumbs };
}

const thumbs = () => (existsSync(join(photos, 'thumbs')) ? readdirSync(join(photos, 'thumbs')).length : 0);
const add = async (name: string) => writeFileSync(join(photos, name), await sampleJpeg(5, 320, 240));

test('a folder is brought up to date, and then what comes; what has nothing to do leaves no trace', async () => {
  const app = startApp();
  app.watched.add(job());
  await app.stands('up-to-date');
  expect(thumbs()).toBe(2);
  expect(app.first().last?.counters).toMatchObject({ done: 2, failed: 0 });
  await add('three.jpg');
  await waitUntil(() => thumbs() === 3, 'the third thumbnail is there');
  await app.stands('up-to-date');
  app.watched.runNow(app.first().id);
  await app.was('looking');
  await app.stands('up-to-date');
  expect(app.started).toHaveLength(2);
  expect(runIds()).toHaveLength(2);
  // They have a card of their own.
  expect(app.recent.list()).toEqual([]);
});

test('after a restart what came meanwhile is done first; a paused folder stays so', async () => {
  const before = startApp();
  before.watched.add(job());
  await before.stands('up-to-date');
  await before.close();
  await add('three.jpg');
  const app = startApp();
  await waitUntil(() => thumbs() === 3, 'the third thumbnail is there');
  await app.stands('up-to-date');
  app.watched.pause(app.first().id, true);
  await app.close();
  await add('four.jpg');
  const last = startApp();
  expect(last.first().state).toBe('paused');
  await last.watched.pause(last.first().id, false);
  await waitUntil(() => thumbs() === 4, 'the fourth thumbnail is there');
});

test('it waits for the run of a person, and one more run follows what changes during its own', async () => {
  const app = startApp();
  await makeSampleImages(join(folder, 'other'), { count: 3 });
  const run = await app.sessions.start(job(join(folder, 'other')), app.size);
  app.sessions.get(run).pause();
  app.watched.add(job());
  await app.stands('waiting');
  expect(app.started).toEqual([]);
  app.sessions.get(run).resume();
  await app.was('working');
  await add('three.jpg');
  await waitUntil(() => thumbs() === 3, 'the third thumbnail is there');
  await app.stands('up-to-date');
  expect(app.started.length).toBeLessThanOrEqual(2);
  // The run of the person can still be asked about.
  expect(app.sessions.find()?.runId).toBe(run);
});

test('what cannot be done is tried once; again when it has changed, or when a person asks', async () => {
  writeFileSync(join(photos, 'broken.jpg'), 'no image');
  const app = startApp();
  app.watched.add(job());
  await app.stands('up-to-date');
  expect(app.first().last?.counters).toMatchObject({ done: 2, failed: 1 });
  await app.close();
  const later = startApp();
  await later.stands('up-to-date');
  expect(later.started).toEqual([]);
  later.watched.runNow(later.first().id);
  await waitUntil(() => later.started.length === 1, 'it is tried again');
  await later.stands('up-to-date');
  await add('broken.jpg');
  await waitUntil(() => thumbs() === 3, 'the mended image has its thumbnail');
  await later.stands('up-to-date');
  expect(later.first().last?.counters.failed).toBe(0);
});

test('a mirrored folder loses the thumbnails of what is deleted; another one keeps them', async () => {
  const app = startApp();
  app.watched.add(job(photos, { mirror: true }));
  await app.stands('up-to-date');
  await add('three.jpg');
  await waitUntil(() => thumbs() === 3, 'the third thumbnail is there');
  await app.stands('up-to-date');
  rmSync(join(photos, 'three.jpg'));
  await waitUntil(() => thumbs() === 2, 'the third thumbnail is gone');
  await app.stands('up-to-date');
  app.watched.add(job(photos));
  await app.stands('up-to-date');
  const [first = ''] = readdirSync(photos).filter((name) => name.endsWith('.jpg'));
  rmSync(join(photos, first));
  app.watched.runNow(app.first().id);
  await app.was('looking');
  await app.stands('up-to-date');
  expect(thumbs()).toBe(2);
});

test('a run that is cancelled pauses its folder, as it would begin anew at once', async () => {
  const app = startApp();
  const picture = await sampleJpeg(1, 640, 480);
  for (let at = 0; at < 300; at += 1) writeFileSync(join(photos, `${at}.jpg`), picture);
  app.watched.add(job());
  await app.stands('working');
  await waitUntil(() => app.sessions.isOn, 'its run is on');
  const run = app.sessions.find();
  run?.pause();
  if (run) app.sessions.cancel(run.runId);
  await app.stands('paused');
  expect(thumbs()).toBeLessThan(302);
  expect(app.watched.offerFor(job())).toBe('keep');
});

test('a folder that is paused in the middle of its run says both', async () => {
  const app = startApp();
  app.watched.add(job());
  await waitUntil(() => app.sessions.isOn, 'its run is on');
  app.sessions.find()?.pause();
  await app.stands('working');
  expect(app.first().paused).toBe(false);
  app.watched.pause(app.first().id, true);
  expect(app.first()).toMatchObject({ state: 'working', paused: true });
  app.sessions.find()?.resume();
  await app.stands('paused');
});

test('why a paused folder could not be run by hand is told', async () => {
  const app = startApp();
  app.watched.add(job());
  await app.stands('up-to-date');
  app.watched.pause(app.first().id, true);
  renameSync(photos, `${photos}-away`);
  app.watched.runNow(app.first().id);
  await app.stands('failed');
  expect(app.first()).toMatchObject({ paused: true, problem: expect.stringContaining('photos') });
  renameSync(`${photos}-away`, photos);
  app.watched.runNow(app.first().id);
  await app.stands('paused');
});

describe('the list', () => {
  test('has each folder and place once, with its newest settings, and no more than can be watched', async () => {
    const app = startApp();
    app.watched.add(job());
    expect(app.watched.offerFor(job())).toBe('kept');
    const other = job(photos, { recursive: false });
    expect(app.watched.offerFor(other)).toBe('keep');
    app.watched.add(other);
    expect(app.watched.state().folders).toHaveLength(1);
    expect(app.watched.offerFor(other)).toBe('kept');
    app.watched.add(job(photos, { outputFolder: join(photos, 'thumbs') }));
    expect(app.watched.state().folders).toHaveLength(1);
    for (let at = 1; at < mostWatched; at += 1) {
      app.watched.add(job(photos, { outputFolder: join(folder, String(at)) }));
    }
    expect(() => app.watched.add(job(photos, { outputFolder: join(folder, 'more') }))).toThrow('20 folders');
    expect(() => app.watched.add(job(join(photos, 'none')))).toThrow('a single folder');
  });

  test('has none that would feed another without an end, also when a removal is taken back', async () => {
    const app = startApp();
    const small = join(folder, 'small');
    mkdirSync(small);
    app.watched.add(job(photos, { outputFolder: small }));
    const back = job(small, { outputFolder: photos });
    expect(() => app.watched.add(back)).toThrow('again and again');
    const { id } = app.first();
    app.watched.remove(id);
    app.watched.add(back);
    expect(() => app.watched.putBack(id)).toThrow('again and again');
    expect(app.watched.state().folders).toHaveLength(1);
  });

  test('is on the disk as soon as a person has changed it, as the app may be closed at once', () => {
    const app = startApp();
    const onDisk = () => JSON.parse(readFileSync(join(folder, 'watched.json'), 'utf8'));
    app.watched.add(job());
    const { id } = app.first();
    app.watched.pause(id, true);
    expect(onDisk()).toMatchObject([{ id, paused: true }]);
    app.watched.add(job(photos, { recursive: false }));
    expect(onDisk()).toMatchObject([{ id, paused: false, job: { request: { recursive: false } } }]);
    app.watched.remove(id);
    expect(onDisk()).toEqual([]);
  });

  test('that cannot be saved is told of, and its folders are watched all the same', async () => {
    const app = startApp();
    const file = join(folder, 'watched.json');
    mkdirSync(file);
    app.watched.add(job());
    await app.stands('up-to-date');
    expect(thumbs()).toBe(2);
    expect(app.watched.state().problem).toContain('could not be saved');
    rmdirSync(file);
    app.watched.pause(app.first().id, true);
    expect(app.watched.state().problem).toBeUndefined();
  });

  test('takes a removal back, to its place', async () => {
    const app = startApp();
    const elsewhere = { outputFolder: join(folder, 'elsewhere') };
    app.watched.add(job());
    app.watched.add(job(photos, elsewhere));
    const { id } = app.first();
    app.watched.remove(id);
    expect(app.watched.state().folders).toHaveLength(1);
    app.watched.putBack(id);
    expect(
      app.watched
        .state()
        .folders.map((each) => each.id)
        .indexOf(id),
    ).toBe(0);
    expect(() => app.watched.putBack(id)).toThrow('cannot be put back');
  });

  test('that is damaged is kept and told of, and what can be read of it is watched', async () => {
    const file = join(folder, 'watched.json');
    const before = startApp();
    before.watched.add(job());
    await before.close();
    const [kept] = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify([{ id: 'none' }, kept]));
    const app = startApp();
    expect(app.watched.state()).toMatchObject({ folders: [{ id: kept.id }], problem: expect.any(String) });
    expect(JSON.parse(readFileSync(`${file}.damaged`, 'utf8'))).toHaveLength(2);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(1);
    rmSync(file);
  });
});
