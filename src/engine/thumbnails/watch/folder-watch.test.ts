import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { needs, onLinux } from '../../../../test/needs.ts';
import { asNobody } from '../../../../test/nobody.ts';
import { tempFolder, writeFiles } from '../../../../test/temp-folder.ts';
import { waitUntil } from '../../../../test/wait-until.ts';
import { type ThumbnailRequest, thumbnailRequestSchema } from '../../../shared/requests.ts';
import { FolderWatch, type FolderWatchOptions, type FolderWatchState } from './folder-watch.ts';

const quietMs = 150;

/** Watches a folder until the test ends. The first telling, of what is there, is over. */
async function watching(
  folder: string,
  { request = {}, ...options }: { request?: Partial<ThumbnailRequest> } & Partial<FolderWatchOptions> = {},
) {
  const states: FolderWatchState['kind'][] = [];
  const seen = { times: 0, states };
  const watch = new FolderWatch(
    thumbnailRequestSchema.parse({ kind: 'thumbnails', paths: [folder], recipe: {}, ...request }),
    {
      quietMs,
      onChanged: () => {
        seen.times += 1;
      },
      onState: ({ kind }) => states.push(kind),
      ...options,
    },
  );
  onTestFinished(() => watch.close());
  await waitUntil(() => states.length > 0, 'the folder is watched');
  seen.times = 0;
  return { watch, seen };
}

const told = (seen: { times: number }, times = 1) =>
  waitUntil(() => seen.times >= times, `it told ${times} times`);

/** Nothing is told of what was done, as what comes after it is told of alone. */
async function toldOfOnly(seen: { times: number }, folder: string): Promise<void> {
  await sleep(3 * quietMs);
  expect(seen.times).toBe(0);
  writeFileSync(join(folder, 'seen.jpg'), 'x');
  await told(seen);
}

test('what is there is told of first, and then what comes, changes or gets another name', async () => {
  const folder = tempFolder();
  let times = 0;
  const { seen } = await watching(folder, { onChanged: () => (times += 1) });
  expect(seen.states).toEqual(['watching']);
  expect(times).toBe(1);
  writeFiles(folder, { 'new.jpg': 'x', 'deep/below/new.png': 'x' });
  await waitUntil(() => times === 2, 'the new files are told of');
  appendFileSync(join(folder, 'deep/below/new.png'), 'more');
  await waitUntil(() => times === 3, 'the change is told of');
  renameSync(join(folder, 'new.jpg'), join(folder, 'named.jpg'));
  await waitUntil(() => times === 4, 'the new name is told of');
});

test('a folder that is moved into it is told of with all that is in it', async () => {
  const folder = tempFolder();
  const elsewhere = tempFolder();
  writeFiles(elsewhere, { 'album/one/a.jpg': 'x' });
  const { seen } = await watching(folder);
  renameSync(join(elsewhere, 'album'), join(folder, 'album'));
  await told(seen);
  writeFileSync(join(folder, 'album/one/b.jpg'), 'x');
  await told(seen, 2);
});

test('a file that is being written is told of once it is whole', async () => {
  const folder = tempFolder();
  // Long enough that a machine which is busy elsewhere does not look like a writer that has ended.
  const { seen } = await watching(folder, { quietMs: 5 * quietMs, mostWaitMs: 300 });
  const file = join(folder, 'growing.jpg');
  for (let part = 0; part < 60; part += 1) {
    appendFileSync(file, 'part');
    await sleep(quietMs / 5);
    expect(seen.times).toBe(0);
  }
  await told(seen);
});

test('2,000 files at once are told of a few times, and a burst without an end at intervals', async () => {
  const folder = tempFolder();
  const { seen } = await watching(folder, { mostWaitMs: 500 });
  for (let file = 0; file < 2_000; file += 1) writeFileSync(join(folder, `${file}.jpg`), 'x');
  await told(seen);
  await sleep(4 * quietMs);
  expect(seen.times).toBeLessThanOrEqual(3);
  seen.times = 0;
  let file = 2_000;
  const burst = setInterval(() => writeFileSync(join(folder, `${file++}.jpg`), 'x'), quietMs / 5);
  onTestFinished(() => clearInterval(burst));
  await told(seen, 2);
});

test('deletions, and files that came and went, are not told of: nothing is made of them', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'old.jpg': 'x', 'album/a.jpg': 'x' });
  const { seen } = await watching(folder);
  rmSync(join(folder, 'old.jpg'));
  rmSync(join(folder, 'album'), { recursive: true });
  writeFileSync(join(folder, 'short.jpg'), 'x');
  rmSync(join(folder, 'short.jpg'));
  await toldOfOnly(seen, folder);
});

test('deletions are told of where something would be removed for them', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'old.jpg': 'x', 'album/a.jpg': 'x', 'notes.txt': 'x' });
  const { seen } = await watching(folder, { request: { mirror: true } });
  rmSync(join(folder, 'notes.txt'));
  await sleep(3 * quietMs);
  expect(seen.times).toBe(0);
  rmSync(join(folder, 'old.jpg'));
  await told(seen);
  rmSync(join(folder, 'album'), { recursive: true });
  await told(seen, 2);
});

test('of files that were given themselves, only those are told of', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'given.jpg': 'x', 'other.jpg': 'x' });
  const { seen } = await watching(folder, { names: new Set(['given.jpg']) });
  appendFileSync(join(folder, 'other.jpg'), 'more');
  await sleep(3 * quietMs);
  expect(seen.times).toBe(0);
  appendFileSync(join(folder, 'given.jpg'), 'more');
  await told(seen);
});

test('outputs, hidden files, part files and what a walk passes over are not told of', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'small'));
  symlinkSync(join(folder, 'small'), join(folder, 'link'));
  const { seen } = await watching(folder, {
    request: { outputFolder: join(folder, 'small'), exclude: ['drafts', '*-no.jpg'] },
    isOutputFolder: (path) => path === join(folder, 'former'),
  });
  const passed = [
    'small/a.jpg',
    'small/deep/a.jpg',
    'thumbs/a.jpg',
    'former/a.jpg',
    '.hidden.jpg',
    '.cache/a.jpg',
  ];
  const others = ['a.jpg.part', 'b.jpg.crdownload', 'notes.txt', '@eaDir/a.jpg', 'drafts/a.jpg', 'x-no.jpg'];
  writeFiles(folder, Object.fromEntries([...passed, ...others].map((path) => [path, 'x'])));
  await toldOfOnly(seen, folder);
});

test('only the files themselves are told of where no folders are entered, and only those that match', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'below'));
  const { seen } = await watching(folder, { request: { recursive: false, match: '*n.jpg' } });
  writeFiles(folder, { 'below/n.jpg': 'x', 'other.jpg': 'x' });
  await sleep(3 * quietMs);
  expect(seen.times).toBe(0);
  writeFileSync(join(folder, 'n.jpg'), 'x');
  await told(seen);
});

test('a folder that vanishes is said to be gone, and told of when it is back', async () => {
  const folder = join(tempFolder(), 'disk', 'photos');
  writeFiles(folder, { 'a.jpg': 'x' });
  const { seen } = await watching(folder);
  renameSync(folder, `${folder}-away`);
  await waitUntil(() => seen.states.at(-1) === 'gone', 'it is gone');
  expect(seen.times).toBe(0);
  renameSync(`${folder}-away`, folder);
  await waitUntil(() => seen.states.at(-1) === 'watching', 'it is back');
  await told(seen);
  writeFileSync(join(folder, 'b.jpg'), 'x');
  await told(seen, 2);
  expect(seen.states).toEqual(['watching', 'gone', 'watching']);
});

test('a folder that is not there at first is waited for', async () => {
  const folder = join(tempFolder(), 'later', 'photos');
  const { seen } = await watching(folder);
  expect(seen.states).toEqual(['gone']);
  writeFiles(folder, { 'a.jpg': 'x' });
  await waitUntil(() => seen.states.at(-1) === 'watching', 'it is there');
  await told(seen);
});

test('a file in the place of the folder ends it, as nothing would tell when the folder is back', async () => {
  const folder = join(tempFolder(), 'photos');
  writeFiles(folder, { 'a.jpg': 'x' });
  const { seen } = await watching(folder);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'x');
  await waitUntil(() => seen.states.at(-1) === 'failed', 'it is told of');
  rmSync(folder);
  writeFiles(folder, { 'b.jpg': 'x' });
  // As a person begins anew, once the folder is back.
  expect((await watching(folder)).seen.states).toEqual(['watching']);
  expect(seen.states.at(-1)).toBe('failed');
  expect(seen.times).toBe(0);
});

test('after its end nothing is told, not even what was about to be', async () => {
  const folder = tempFolder();
  const { watch, seen } = await watching(folder);
  writeFileSync(join(folder, 'a.jpg'), 'x');
  await watch.close();
  writeFileSync(join(folder, 'b.jpg'), 'x');
  await sleep(4 * quietMs);
  expect(seen.times).toBe(0);
});

describe('a process of its own', () => {
  /** Watches and tells its states and the processor time that waiting took, in milliseconds. */
  const program = `
    import { FolderWatch } from ${JSON.stringify(join(import.meta.dirname, 'folder-watch.ts'))};
    const request = { kind: 'thumbnails', paths: [process.argv[1]], recipe: {}, recursive: true, exclude: [] };
    const watch = new FolderWatch(request, { onChanged() {}, onState: (state) => {
      console.log(JSON.stringify(state));
      setTimeout(() => {
        const before = process.cpuUsage();
        setTimeout(() => {
          const { user, system } = process.cpuUsage(before);
          console.log(JSON.stringify({ idle: (user + system) / 1000 }));
          watch.close();
        }, 1000);
      }, 500);
    } });
  `;
  const run = (command: string[], options: SpawnSyncOptions = {}) => {
    const [name = '', ...args] = command;
    const { stdout } = spawnSync(name, args, { ...options, encoding: 'utf8', timeout: 60_000 });
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };
  const node = [process.execPath, '--input-type=module', '--eval', program];

  test('takes no processor time while nothing happens, and ends by itself once the watch does', () => {
    const folder = tempFolder();
    for (let at = 0; at < 50; at += 1) writeFiles(folder, { [`${at}/a.jpg`]: 'x' });
    const [state, { idle }] = run([...node, folder]);
    expect(state).toEqual({ kind: 'watching' });
    expect(idle).toBeLessThan(50);
  });

  onLinux.test('says so where the folder may not be read', () => {
    const folder = join(tempFolder(), 'closed');
    mkdirSync(folder, { mode: 0o000 });
    const [state] = run([...node, folder], asNobody);
    expect(state).toMatchObject({ kind: 'failed', error: { code: 'NOT_READABLE' } });
  });

  const bound = 'echo 8 > /proc/sys/user/max_inotify_watches && "$@"';
  const unshare = ['unshare', '-r', 'sh', '-c', bound, 'sh'];
  const canUnshare = spawnSync('unshare', [...unshare.slice(1), 'true']).status === 0;
  needs('unshare with a limit of its own', canUnshare).test(
    'says so where the system lets no more folders be watched',
    () => {
      const folder = tempFolder();
      for (let at = 0; at < 20; at += 1) mkdirSync(join(folder, String(at)));
      const [state] = run([...unshare, ...node, folder]);
      expect(state).toMatchObject({ kind: 'failed', error: { code: 'TOO_MANY_WATCHES' } });
    },
  );
});
