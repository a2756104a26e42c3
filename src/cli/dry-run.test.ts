import { chmodSync, chownSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

const nobody = 65_534;
const asNobody = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

async function photos(): Promise<string> {
  const folder = tempFolder();
  const image = await sampleJpeg(1, 60, 40);
  writeFiles(folder, { 'a.jpg': image, 'b.jpg': image });
  return folder;
}

test('a dry run tells of a file that is in the way what the run tells of it, and touches nothing', async () => {
  const folder = await photos();
  const out = tempFolder();
  writeFileSync(join(out, 'a.jpg'), 'somebody else’s');
  const shell = new Shell();
  const codes = async (...flags: string[]) => {
    const { code, results } = await shell.json(['thumbs', folder, '--out', out, ...flags]);
    const told = results.map(({ input, reason, status, error }) => [
      String(input).slice(folder.length + 1),
      (error as { code: string } | undefined)?.code ?? reason ?? status,
    ]);
    return [code, told.sort()];
  };
  expect(await codes('--dry-run')).toEqual([
    1,
    [
      ['a.jpg', 'OUTPUT_EXISTS'],
      ['b.jpg', 'dry-run'],
    ],
  ]);
  expect(await codes('--dry-run', '--force')).toEqual([
    0,
    [
      ['a.jpg', 'dry-run'],
      ['b.jpg', 'dry-run'],
    ],
  ]);
  expect(readdirSync(out)).toEqual(['a.jpg']);
  expect(await codes()).toEqual([
    1,
    [
      ['a.jpg', 'OUTPUT_EXISTS'],
      ['b.jpg', 'done'],
    ],
  ]);
});

test('a dry run finds out that nothing could be written, also where the folder is yet to be made', async () => {
  const folder = await photos();
  const locked = tempFolder();
  chmodSync(locked, 0o555);
  const state = tempFolder();
  if ('uid' in asNobody) chownSync(state, nobody, nobody);
  for (const out of [locked, join(locked, 'deeper/still')]) {
    const { code, results } = await new Shell(state).json(
      ['thumbs', folder, '--out', out, '--dry-run'],
      asNobody,
    );
    expect(code).toBe(1);
    expect(results.map(({ error }) => (error as { code: string }).code)).toEqual([
      'NOT_WRITABLE',
      'NOT_WRITABLE',
    ]);
  }
  const free = join(tempFolder(), 'deeper/still');
  const { code, summary } = await new Shell().json(['thumbs', folder, '--out', free, '--dry-run']);
  expect([code, summary?.skipped, existsSync(free)]).toEqual([0, 2, false]);
  chmodSync(locked, 0o755);
});
