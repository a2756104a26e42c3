import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { needs } from '../../test/needs.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';
import { gatherRelease } from './gather-release.ts';
import { writeSums } from './sums.ts';
import { mergeUpdateMetadata } from './update-metadata.ts';

const sha512 = (content: string) => createHash('sha512').update(content).digest('base64');

/** As electron-builder writes it. */
function feed(url: string, content: string, version = '1.1.0'): string {
  const file = { url, sha512: sha512(content), size: Buffer.byteLength(content) };
  return stringify({
    version,
    files: [file],
    path: url,
    sha512: file.sha512,
    releaseDate: '2026-11-30T10:00:00.000Z',
  });
}

/** What each release has, beside what a test is about. */
const others = {
  'macos/latest-mac.yml': feed('Shoal.zip', 'zip'),
  'macos/Shoal.zip': 'zip',
  'linux/latest-linux.yml': feed('Shoal-x64.AppImage', 'x64'),
  'linux/Shoal-x64.AppImage': 'x64',
  ...Object.fromEntries(
    ['a.deb', 'a.rpm', 'a.dmg', 'a-setup.exe', 'a-portable.exe', 'a.tgz', 'shoal-npm.cdx.json'].map(
      (name) => [`others/${name}`, ''],
    ),
  ),
  ...Object.fromEntries(
    ['linux', 'macos', 'windows'].map((system) => [`others/shoal-window-${system}.cdx.json`, '']),
  ),
};

const withSha256sum = needs('sha256sum', isThere('sha256sum', '--version'));
withSha256sum.test('sha256sum finds every file as the sums say, and one that was changed', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'Shoal-1.1.0.AppImage': 'app', 'shoal_1.1.0_amd64.deb': 'deb', 'latest.yml': 'a: 1' });
  await writeSums(folder);
  await writeSums(folder);
  const check = () =>
    execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder, stdio: 'pipe' });
  expect(check().toString().trim().split('\n')).toEqual([
    'Shoal-1.1.0.AppImage: OK',
    'latest.yml: OK',
    'shoal_1.1.0_amd64.deb: OK',
  ]);
  appendFileSync(join(folder, 'shoal_1.1.0_amd64.deb'), '!');
  expect(check).toThrow('did NOT match');
});

test('no file of a release has a name that an upload would change', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'Shoal Setup.exe': '' });
  await expect(writeSums(folder)).rejects.toThrow('Shoal Setup.exe');
});

test('a release has all files of all systems, one feed for the architectures of a system, and sums', async () => {
  const from = tempFolder();
  writeFiles(from, {
    ...others,
    'windows-x64/Shoal-x64.exe': 'exe x64',
    'windows-x64/latest.yml': feed('Shoal-x64.exe', 'exe x64'),
    'windows-x64/builder-debug.txt': 'same',
    'windows-arm64/Shoal-arm64.exe': 'exe arm64',
    'windows-arm64/latest.yml': feed('Shoal-arm64.exe', 'exe arm64'),
    'windows-arm64/builder-debug.txt': 'same',
  });
  const to = join(tempFolder(), 'release');
  const names = await gatherRelease(from, to, '1.1.0');
  expect(names).toEqual(readdirSync(to).sort());
  expect(names).toContain('SHA256SUMS');
  const { files, path } = parse(readFileSync(join(to, 'latest.yml'), 'utf8'));
  expect(files.map(({ url }: { url: string }) => url).sort()).toEqual(['Shoal-arm64.exe', 'Shoal-x64.exe']);
  expect(files.map(({ url }: { url: string }) => url)).toContain(path);
});

test.each([
  ['a file that the feed names is missing', { 'a/other': 'x' }, 'Shoal.exe, which is not there'],
  ['a file has other bytes than the feed says', { 'a/Shoal.exe': 'eXe' }, 'not the SHA-512'],
  ['a file has another size', { 'a/Shoal.exe': 'exe!' }, 'not the size'],
  [
    'two systems built different files of one name',
    { 'a/Shoal.exe': 'exe', 'b/Shoal.exe': 'EXE' },
    'a different Shoal.exe',
  ],
  [
    'the feed is of another version',
    { 'a/Shoal.exe': 'exe', 'a/latest.yml': feed('Shoal.exe', 'exe', '1.0.0') },
    'of 1.0.0, and not of 1.1.0',
  ],
  [
    'the feed leads out of the folder',
    { 'a/Shoal.exe': 'exe', 'a/latest.yml': feed('../a/Shoal.exe', 'exe') },
    'which is not there',
  ],
  ['the feed is none', { 'a/Shoal.exe': 'exe', 'a/latest.yml': 'version: 1.1.0\n' }, 'cannot be read'],
])('there is no release where %s', async (_, files, why) => {
  const from = tempFolder();
  writeFiles(from, { ...others, 'a/latest.yml': feed('Shoal.exe', 'exe'), ...files });
  await expect(gatherRelease(from, join(tempFolder(), 'release'), '1.1.0')).rejects.toThrow(why);
});

test.each([
  ['others/a.deb', 'no *.deb.'],
  ['a/latest.yml', 'no latest.yml.'],
  ['macos/latest-mac.yml', 'no latest-mac.yml.'],
  ['others/a-portable.exe', 'no *-portable.exe.'],
  ['others/shoal-window-macos.cdx.json', 'no shoal-window-macos.cdx.json.'],
])('there is no release without %s', async (missing, why) => {
  const from = tempFolder();
  writeFiles(from, { ...others, 'a/latest.yml': feed('Shoal.exe', 'exe'), 'a/Shoal.exe': 'exe' });
  rmSync(join(from, missing));
  await expect(gatherRelease(from, join(tempFolder(), 'release'), '1.1.0')).rejects.toThrow(why);
});

test('feeds of two versions, or with two files of one name, are not made one', () => {
  const one = feed('Shoal.exe', 'exe');
  expect(() => mergeUpdateMetadata([one, feed('Shoal-arm64.exe', 'arm', '1.0.0')])).toThrow(
    'of 1.1.0 and of 1.0.0',
  );
  expect(() => mergeUpdateMetadata([one, feed('Shoal.exe', 'arm')])).toThrow('two files Shoal.exe');
});

function isThere(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
