import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { filesBelow, hashes } from '../../test/images/image-folders.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

const taken = (time: string, model = 'EOS R5') =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
    .withExif({ IFD0: { Make: 'Canon', Model: model }, IFD2: { DateTimeOriginal: time } })
    .jpeg()
    .toBuffer();

/** Two folders with pictures of the same names. */
async function photos(): Promise<string> {
  const folder = join(tempFolder(), 'photos');
  writeFiles(folder, {
    'lisbon/a.jpg': await taken('2025:12:31 23:59:58'),
    'lisbon/b.jpg': await taken('2026:05:28 17:30:15'),
    'porto/a.jpg': await taken('2026:05:29 09:00:00', 'PowerShot S95'),
    'porto/b.jpg': await taken('2026:05:28 08:00:00'),
  });
  return folder;
}

const dayOfFile = (path: string) => {
  const { mtime } = statSync(path);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${mtime.getFullYear()}-${two(mtime.getMonth() + 1)}-${two(mtime.getDate())}`;
};

describe('thumbs --name', () => {
  test('names pictures by when and with what they were taken, in the folders that mirror theirs', async () => {
    const folder = await photos();
    const { code } = await new Shell().run(['thumbs', folder, '--name', '{date:YYYYMMDD-HHmmss} {camera}']);
    expect(code).toBe(0);
    expect(filesBelow(join(folder, 'thumbs'))).toEqual([
      'lisbon/20251231-235958 Canon EOS R5.jpg',
      'lisbon/20260528-173015 Canon EOS R5.jpg',
      'porto/20260528-080000 Canon EOS R5.jpg',
      'porto/20260529-090000 Canon PowerShot S95.jpg',
    ]);
  });

  test('makes the folders that it has, tells pictures of one name apart, and does nothing again', async () => {
    const folder = await photos();
    const before = hashes(folder, filesBelow(folder));
    const out = join(tempFolder(), 'out');
    const shell = new Shell();
    const args = ['thumbs', folder, '--out', out, '--name', '{year}/{month}/{name}.{ext}'];
    expect(await shell.run(args)).toMatchObject({ code: 0 });
    const files = filesBelow(out);
    expect(files).toEqual([
      '2025/12/a.jpg',
      '2026/05/a.jpg',
      expect.stringMatching(/^2026\/05\/b-[0-9a-f]{12}\.jpg$/),
      '2026/05/b.jpg',
    ]);
    const again = await shell.json(args);
    expect(again.results.map(({ status, reason }) => `${status} ${reason}`)).toEqual(
      Array.from({ length: 4 }, () => 'skipped unchanged'),
    );
    const elsewhere = join(tempFolder(), 'out');
    await new Shell().run(['thumbs', folder, '--out', elsewhere, '--name', '{year}/{month}/{name}.{ext}']);
    expect(filesBelow(elsewhere)).toEqual(files);
    expect(hashes(folder, Object.keys(before))).toEqual(before);
  });

  test('puts pictures of several folders together, or each into its own', async () => {
    const folder = await photos();
    const given = [join(folder, 'lisbon'), join(folder, 'porto')];
    const together = join(tempFolder(), 'out');
    await new Shell().run(['thumbs', ...given, '--out', together, '--name', '{year}/{parent}-{counter:3}']);
    expect(filesBelow(together)).toEqual([
      '2025/lisbon-001.jpg',
      '2026/lisbon-002.jpg',
      '2026/porto-001.jpg',
      '2026/porto-002.jpg',
    ]);
    const apart = join(tempFolder(), 'out');
    await new Shell().run(['thumbs', ...given, '--out', apart, '--name', '{folder}/{year}/{name}']);
    expect(filesBelow(apart)).toEqual([
      'lisbon/2025/a.jpg',
      'lisbon/2026/b.jpg',
      'porto/2026/a.jpg',
      'porto/2026/b.jpg',
    ]);
  });

  test('gives sizes and formats names of their own', async () => {
    const folder = await photos();
    const out = join(tempFolder(), 'out');
    const { code } = await new Shell().run([
      ...['thumbs', join(folder, 'lisbon', 'a.jpg'), '--out', out, '--size', '20', '--size', '10'],
      ...['--format', 'webp', '--format', 'jpeg', '--name', '{format}/{width}/{name}'],
    ]);
    expect(code).toBe(0);
    expect(filesBelow(out)).toEqual(['jpeg/10/a.jpg', 'jpeg/20/a.jpg', 'webp/10/a.webp', 'webp/20/a.webp']);
  });

  test('takes the time of the file where the picture tells none', async () => {
    const folder = tempFolder();
    const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } });
    writeFiles(folder, {
      'zero.jpg': await taken('0000:00:00 00:00:00'),
      'drawn.png': await picture.png().toBuffer(),
    });
    for (const name of ['zero.jpg', 'drawn.png'])
      utimesSync(join(folder, name), 1_000_000_000, 1_000_000_000);
    await new Shell().run(['thumbs', folder, '--name', '{date}-{name}']);
    const day = dayOfFile(join(folder, 'zero.jpg'));
    expect(filesBelow(join(folder, 'thumbs'))).toEqual([`${day}-drawn.png`, `${day}-zero.jpg`]);
  });

  test('tells in a dry run what it would make, and makes nothing', async () => {
    const folder = await photos();
    const out = join(tempFolder(), 'out');
    const { results } = await new Shell().json([
      'thumbs',
      folder,
      '--out',
      out,
      '--dry-run',
      '--name',
      '{year}/{name}',
    ]);
    expect(
      results
        .map(({ output }) =>
          String(output)
            .slice(out.length + 1)
            .replace(/-[0-9a-f]{12}/, '-#'),
        )
        .sort(),
    ).toEqual(['2025/a.jpg', '2026/a.jpg', '2026/b-#.jpg', '2026/b.jpg']);
    expect(existsSync(out)).toBe(false);
  });

  test('keeps its names when a run is interrupted, retried or done in part', async () => {
    const folder = await photos();
    const out = join(tempFolder(), 'out');
    const shell = new Shell();
    writeFileSync(join(folder, 'lisbon', 'b.jpg'), 'no picture');
    const args = ['thumbs', folder, '--out', out, '--name', '{date:YYYY}/{name}'];
    expect(await shell.run(args)).toMatchObject({ code: 1 });
    const made = filesBelow(out);
    writeFileSync(join(folder, 'lisbon', 'b.jpg'), await taken('2026:05:28 17:30:15'));
    expect(await shell.run(['runs', 'retry', 'last'])).toMatchObject({ code: 0 });
    expect(filesBelow(out)).toEqual(expect.arrayContaining(made));
    expect(filesBelow(out)).toHaveLength(4);
  });

  test('is undone with its folders, which are no pictures of a later run', async () => {
    const folder = await photos();
    const shell = new Shell();
    await shell.run(['thumbs', folder, '--name', '{year}/{month}/{name}']);
    expect(readdirSync(join(folder, 'thumbs'))).toEqual(['2025', '2026']);
    const { results } = await shell.json(['thumbs', folder, '--dry-run', '--size', '20']);
    expect(results).toHaveLength(4);
    expect(await shell.run(['runs', 'undo', 'last', '--yes'])).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'thumbs'))).toBe(false);
  });

  test('sweeps what a killed run left in its folders', async () => {
    const folder = await photos();
    const out = join(tempFolder(), 'out');
    const shell = new Shell();
    const args = ['thumbs', folder, '--out', out, '--name', '{year}/{name}'];
    await shell.run(args);
    const left = join(out, '2026', '.shoal-0123456789abcdef.part');
    writeFileSync(left, 'half');
    utimesSync(left, 1_000_000_000, 1_000_000_000);
    expect(await shell.run(args)).toMatchObject({ code: 0 });
    expect(filesBelow(out)).toHaveLength(4);
  });

  test('writes nothing out of the output folder, whatever a camera calls itself', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'in/a.jpg': await taken('2026:01:01 00:00:00', '../../../escaped') });
    mkdirSync(join(folder, 'out'));
    const { code } = await new Shell().run([
      'thumbs',
      join(folder, 'in'),
      '--out',
      join(folder, 'out'),
      '--name',
      '{model}/{camera}/{name}',
    ]);
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['in', 'out']);
    expect(filesBelow(join(folder, 'out'))).toHaveLength(1);
  });

  test.each([
    ['{nmae}', 'Expected {name} instead of {nmae}'],
    ['../{name}', 'Expected the name of a file, or names of folders and a file'],
    ['/tmp/{name}', 'Expected the name of a file, or names of folders and a file'],
    ['small', 'Expected {name}, {counter} or {second} in the name'],
    ['{name', 'Expected both braces of each placeholder'],
    ['{date:whenever}{name}', 'such as {date:YYYY-MM-DD}'],
    ['{counter:99}', 'such as {counter:4}'],
  ])('refuses %s', async (template, message) => {
    const folder = await photos();
    const { code, stderr } = await new Shell().run(['thumbs', folder, '--name', template]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('--name');
    expect(existsSync(join(folder, 'thumbs'))).toBe(false);
  });

  test('refuses names for a shard that another shard might give, and gives those that it cannot', async () => {
    const folder = await photos();
    const out = join(tempFolder(), 'out');
    const shard = (template: string, part: string) =>
      new Shell().run(['thumbs', folder, '--out', out, '--shard', part, '--name', template]);
    const refused = await shard('{year}/{name}', '1/2');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('begin them with {folder}/');
    expect(existsSync(out)).toBe(false);
    for (const part of ['1/2', '2/2'])
      expect(await shard('{folder}/{year}/{name}', part)).toMatchObject({ code: 0 });
    expect(filesBelow(out)).toEqual([
      'lisbon/2025/a.jpg',
      'lisbon/2026/b.jpg',
      'porto/2026/a.jpg',
      'porto/2026/b.jpg',
    ]);
  });
});
