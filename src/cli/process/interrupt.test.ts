import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decode, filesBelow, partFiles, sampleFolder } from '../../../test/images/image-folders.ts';
import { makeSlowImages } from '../../../test/images/sample-images.ts';
import { ended, parseEvents, Shell, shoalBin } from '../../../test/run-shoal.ts';
import { tempFolder } from '../../../test/temp-folder.ts';
import { waitUntil } from '../../../test/wait-until.ts';
import { self } from '../../engine/files/parts/owner.ts';

const thumbsIn = (folder: string): string[] => {
  try {
    return readdirSync(join(folder, 'thumbs')).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
};

test('Ctrl-C finishes or removes what is in flight, prints the summary and exits 130', async () => {
  const folder = await sampleFolder(40);
  const slow = await makeSlowImages(folder, 200);
  const shell = new Shell();
  const child = shell.start(['thumbs', folder, '--json', '--pool', '2']);
  const ending = ended(child);
  await waitUntil(() => thumbsIn(folder).length >= 3, 'a few are made');
  child.kill('SIGINT');
  const { code, signal, stdout, stderr } = await ending;
  const { results, summary } = parseEvents(stdout);
  // If a thread does not end soon enough, the process ends by the signal itself, which shells report as 130 too.
  expect([signal === 'SIGINT' ? 130 : code, stderr]).toEqual([130, '']);
  const made = results.filter(({ status }) => status === 'done');
  expect(made.length).toBeLessThan(240);
  expect(summary).toMatchObject({ done: made.length, total: results.length });
  expect(partFiles(folder)).toEqual([]);
  const thumbs = thumbsIn(folder);
  expect(thumbs).toHaveLength(made.length);
  // Three of the slow images are enough for the second run.
  for (const name of slow.filter((each) => !thumbs.includes(each)).slice(3)) rmSync(join(folder, name));
  const again = await shell.json(['thumbs', folder]);
  expect(again.code).toBe(0);
  expect(again.summary).toMatchObject({ skipped: made.length, failed: 0 });
  expect(again.summary?.done).toBeGreaterThanOrEqual(3);
  expect(thumbsIn(folder)).toHaveLength(again.results.length);
});

/** An image that keeps sharp busy for many seconds in one call: nothing can stop a thread within such a call. */
async function slowFolder(): Promise<string> {
  const folder = tempFolder();
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const create = { width: 4000, height: 3000, channels: 3, background: '#888', noise } as const;
  await sharp({ create }).png({ compressionLevel: 1 }).toFile(join(folder, 'slow.png'));
  await sharp({ create: { ...create, width: 8, height: 6 } }).toFile(join(folder, 'quick.png'));
  return folder;
}

test('Ctrl-C does not wait for an image that takes long: the summary is told within seconds', async () => {
  const folder = await slowFolder();
  const flags = ['--size', '4000', '--format', 'avif', '--pool', '1', '--json'];
  const child = new Shell().start(['thumbs', folder, ...flags]);
  const ending = ended(child);
  await waitUntil(() => thumbsIn(folder).includes('quick.avif'), 'the quick one is made');
  await sleep(500);
  const asked = performance.now();
  child.kill('SIGINT');
  const { code, signal, stdout } = await ending;
  expect(performance.now() - asked).toBeLessThan(6_000);
  // Ended by the signal itself, which shells report as 130.
  expect([code, signal]).toEqual([null, 'SIGINT']);
  const { results, summary } = parseEvents(stdout);
  expect(results).toMatchObject([{ status: 'done' }, { status: 'cancelled' }]);
  expect(summary).toMatchObject({ done: 1, cancelled: 1 });
  expect(thumbsIn(folder)).toEqual(['quick.avif']);
  expect(partFiles(folder)).toEqual([]);
});

test('killed in the middle, the next run makes the rest; no half file is ever visible, no part stays', async () => {
  const folder = await sampleFolder(200);
  const slow = await makeSlowImages(folder, 200);
  const shell = new Shell();
  for (const least of [20, 120]) {
    const child = shell.start(['thumbs', folder, '--json']);
    const ending = ended(child);
    await waitUntil(() => thumbsIn(folder).length >= least, `${least} are made`);
    child.kill('SIGKILL');
    expect(await ending).toMatchObject({ signal: 'SIGKILL' });
    for (const name of thumbsIn(folder)) await decode(join(folder, 'thumbs', name));
  }
  const thumbs = thumbsIn(folder);
  const undone = slow.filter((each) => !thumbs.includes(each));
  for (const name of undone.slice(5)) rmSync(join(folder, name));
  const total = 400 - undone.length + Math.min(5, undone.length);
  const { code, summary } = await shell.json(['thumbs', folder]);
  expect(code).toBe(0);
  expect(summary).toMatchObject({ total, failed: 0 });
  expect(thumbsIn(folder)).toHaveLength(total);
  for (const name of thumbsIn(folder)) await decode(join(folder, 'thumbs', name));
  expect(partFiles(folder)).toEqual([]);
}, 180_000);

test('what is visible while it runs is always whole', async () => {
  const folder = await sampleFolder(150);
  await makeSlowImages(folder, 20);
  const child = new Shell().start(['thumbs', folder]);
  const ending = ended(child);
  const seen = new Set<string>();
  let over = false;
  void ending.then(() => {
    over = true;
  });
  while (!over) {
    for (const name of thumbsIn(folder)) {
      if (seen.has(name)) continue;
      await decode(join(folder, 'thumbs', name));
      seen.add(name);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await ending).code).toBe(0);
  expect(seen.size).toBeGreaterThan(0);
});

test('parts that a killed run left are removed, even where nothing is to be made; a living run’s are not', async () => {
  const folder = await sampleFolder(1);
  const shell = new Shell();
  await shell.run(['thumbs', folder]);
  // The id of a process that has ended, and the id of a living one: this process.
  const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
  const partOf = (pid: number) => `.shoal-${self.host}-${pid}-${self.start}-0123456789abcdef.part`;
  const [stale, living] = [partOf(gone), partOf(process.pid)];
  for (const name of [stale, living]) writeFileSync(join(folder, 'thumbs', name), 'half');
  await shell.run(['thumbs', folder]);
  expect(filesBelow(join(folder, 'thumbs'))).toEqual([living, 'sample-00001.jpg']);
});

test('a reader that closes the pipe ends the run quietly', async () => {
  // The run must still be writing results when the reader has read its line.
  const folder = await sampleFolder(20);
  await makeSlowImages(folder, 100);
  for (const streams of ['', '2>&1']) {
    const command = `"$0" "$1" thumbs "$2" --force ${streams} | head -1`;
    const child = spawn('bash', ['-o', 'pipefail', '-c', command, process.execPath, shoalBin, folder], {
      env: { ...process.env, SHOAL_STATE_DIR: tempFolder() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { code, stdout, stderr } = await ended(child);
    expect(stdout).toMatch(/^done .*\n$/);
    expect(stderr).toBe('');
    expect(code).toBe(130);
    expect(partFiles(folder)).toEqual([]);
  }
});
