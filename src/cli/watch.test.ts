import { type ChildProcess, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeSampleImages, sampleJpeg } from '../../test/images/sample-images.ts';
import { needs, onLinux } from '../../test/needs.ts';
import { ended, type JsonEvent, Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

let folder: string;
let shell: Shell;

beforeEach(async () => {
  folder = tempFolder();
  shell = new Shell();
  await makeSampleImages(at('photos'), { count: 2 });
});

const at = (path: string) => join(folder, path);
const thumbs = (path = 'photos/thumbs') => (existsSync(at(path)) ? readdirSync(at(path)).sort() : []);
const add = async (path: string) => writeFileSync(at(path), await sampleJpeg(5, 320, 240));

/** A watch, and what it has told so far. */
function watch(...args: string[]) {
  const child = shell.start(['thumbs', ...args, '--watch'], { cwd: folder });
  return follow(child);
}

function follow(child: ChildProcess) {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
  const end = ended(child);
  const says = (text: string, times = 1) =>
    waitUntil(() => (stdout + stderr).split(text).length > times, `it says ${text} (${stdout}${stderr})`);
  const events = (type: string): JsonEvent[] =>
    stdout
      .split('\n')
      .filter((line) => line.startsWith(`{"type":"${type}"`))
      .map((line) => JSON.parse(line));
  const stop = (by: NodeJS.Signals = 'SIGINT') => {
    child.kill(by);
    return end;
  };
  return { says, events, stop, end };
}

test('what is there is done first, and then what comes; between that it waits, and Ctrl-C ends it well', async () => {
  const { says, stop } = watch('photos');
  await says('2 items in');
  await says(`watching ${at('photos')}`);
  await add('photos/three.jpg');
  await says('1 item to do');
  await says('1 item in');
  expect(thumbs()).toHaveLength(3);
  const { code, stdout } = await stop();
  expect(code).toBe(0);
  // Of what is up to date nothing is told.
  expect(stdout).not.toContain('skipped');
  expect(await shell.runs()).toHaveLength(2);
});

test('with --json each round is an event, and so is what is watched', async () => {
  const { says, events, stop } = watch('photos', '--json');
  await says('"type":"watching"');
  await add('photos/three.jpg');
  await says('"type":"summary"', 2);
  expect(events('watching')).toEqual([{ type: 'watching', path: at('photos') }]);
  expect(events('round')).toMatchObject([{ round: 2, items: 1 }]);
  expect(events('result').map(({ input }) => input)).toContain(at('photos/three.jpg'));
  expect((await stop('SIGTERM')).code).toBe(0);
});

test('with --quiet only failures are told', async () => {
  const { says, stop } = watch('photos', '--quiet');
  await waitUntil(() => thumbs().length === 2, 'what is there is done');
  writeFileSync(at('photos/bad.jpg'), 'no image');
  await says('NOT_AN_IMAGE');
  const { stdout, stderr } = await stop();
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('what failed is tried again when it has changed, and not before', async () => {
  writeFileSync(at('photos/bad.jpg'), 'no image');
  const { says, events, stop } = watch('photos', '--json');
  await says('"type":"watching"');
  await add('photos/three.jpg');
  await says('"type":"summary"', 2);
  expect(events('round')).toMatchObject([{ items: 1 }]);
  await add('photos/bad.jpg');
  await says('"type":"summary"', 3);
  expect(thumbs()).toContain('bad.jpg');
  await stop();
});

test('several folders and files are watched, and of the files only those', async () => {
  await makeSampleImages(at('more'), { count: 1 });
  mkdirSync(at('single'));
  await add('single/one.jpg');
  await add('single/other.jpg');
  const { says, stop } = watch('photos', 'more', 'single/one.jpg', '--out', 'small');
  await says('watching', 3);
  writeFileSync(at('single/other.jpg'), await sampleJpeg(8, 320, 240));
  await add('more/new.jpg');
  await says('1 item in');
  writeFileSync(at('single/one.jpg'), await sampleJpeg(9, 320, 240));
  await says('1 item in', 2);
  expect(thumbs('small')).toEqual(['more', 'one.jpg', 'photos']);
  await stop();
});

test('a folder that goes away is waited for', async () => {
  const { says, stop } = watch('photos', '--out', 'small');
  await says('watching');
  renameSync(at('photos'), at('away'));
  await says('is gone: its return is waited for');
  await add('away/three.jpg');
  renameSync(at('away'), at('photos'));
  await waitUntil(() => thumbs('small').length === 3, 'what came meanwhile is done');
  await stop();
});

test('a round that cannot begin is told of, and what it would have done is done by the next that can', async () => {
  mkdirSync(at('photos/thumbs/web'), { recursive: true });
  const { says, events, stop } = watch('photos', '--gallery', 'photos/thumbs/web/g.html', '--json');
  await says('"type":"watching"');
  rmSync(at('photos/thumbs/web'), { recursive: true });
  await add('photos/three.jpg');
  await says('"type":"problem"');
  expect(events('problem')[0]?.message).toContain(at('photos/thumbs/web'));
  mkdirSync(at('photos/thumbs/web'));
  await add('photos/four.jpg');
  await says('"type":"summary"', 2);
  expect(events('round').map(({ items }) => items)).toEqual([1, 2]);
  expect(thumbs('photos/thumbs/web')).toEqual(['g.html']);
  await stop();
});

test('with --mirror the thumbnails of what is deleted or renamed go', async () => {
  const { says, events, stop } = watch('photos', '--mirror', '--json');
  await says('"type":"watching"');
  rmSync(at('photos/sample-00001.jpg'));
  await says('"type":"removed"');
  renameSync(at('photos/sample-00002.jpg'), at('photos/named.jpg'));
  await says('"type":"removed"', 2);
  await waitUntil(() => thumbs().join() === 'named.jpg', 'only the new name is there');
  // A look that began before may still count what was deleted.
  expect(events('round')[0]).toMatchObject({ removals: 1 });
  await stop();
});

test('a second signal ends it at once, and one in the middle of a round is an interruption', async () => {
  const picture = await sampleJpeg(1, 640, 480);
  for (let number = 0; number < 2_000; number += 1) writeFileSync(at(`photos/${number}.jpg`), picture);
  const { says, stop } = watch('photos');
  await says('done ');
  const { code, stdout } = await stop();
  expect(code).toBe(130);
  expect(stdout).toContain('Interrupted');
});

describe('what cannot be watched is refused', () => {
  test.each([
    ['a list', ['-'], 'a list'],
    ['a dry run', ['photos', '--dry-run'], '--dry-run'],
    ['a queue', ['photos', '--queue', 'redis://127.0.0.1:1', '--out', 'x'], 'queue'],
    ['a shard', ['photos', '--shard', '1/2'], 'shard'],
    ['an object storage', ['photos', '--out', 's3://bucket/thumbs'], 'object storage'],
  ])('%s', async (_name, args, told) => {
    const { code, stderr } = await watch(...args).end;
    expect(code).toBe(2);
    expect(stderr).toContain(told);
    expect(thumbs()).toEqual([]);
  });

  test('a folder that is not there', async () => {
    const { code, stderr } = await watch('none').end;
    expect(code).toBe(2);
    expect(stderr).toContain('does not exist');
  });
});

const bound = 'echo 8 > /proc/sys/user/max_inotify_watches && "$@"';
const unshare = ['unshare', '-r', 'sh', '-c', bound, 'sh'];
const canUnshare = spawnSync('unshare', ['-r', 'sh', '-c', bound, 'sh', 'true']).status === 0;
needs('unshare with a limit of its own', canUnshare).test(
  'where the system lets no more folders be watched it says what helps, and ends',
  async () => {
    for (let number = 0; number < 20; number += 1) {
      mkdirSync(at(`photos/${number}`));
      copyFileSync(at('photos/sample-00001.jpg'), at(`photos/${number}/a.jpg`));
    }
    const child = shell.start(['thumbs', 'photos', '--watch'], { cwd: folder, by: unshare });
    const { code, stderr } = await ended(child);
    expect(code).toBe(1);
    expect(stderr).toContain('TOO_MANY_WATCHES');
    expect(stderr).toContain('fs.inotify.max_user_watches');
    // What was there is done all the same.
    expect(thumbs()).toHaveLength(22);
  },
);

onLinux.test('it takes next to no processor time while nothing happens', async () => {
  const child = shell.start(['thumbs', 'photos', '--watch'], { cwd: folder });
  const { says, stop } = follow(child);
  await says('watching');
  const stat = () => {
    const { stdout } = spawnSync('cat', [`/proc/${child.pid}/stat`], { encoding: 'utf8' });
    const [user = 0, system = 0] = stdout
      .slice(stdout.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return user + system;
  };
  // The look that follows the start is over.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const before = stat();
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  // In hundredths of a second.
  expect(stat() - before).toBeLessThanOrEqual(2);
  await stop();
});
