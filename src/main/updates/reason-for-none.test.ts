import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { needs } from '../../../test/needs.ts';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { reasonForNone } from './reason-for-none.ts';

const feed = { 'app-update.yml': 'provider: generic\n' };
/** Stands in for a program that this user may replace. */
const program = import.meta.filename;
const image = { APPIMAGE: program };

test.each([
  ['an AppImage', feed, 'linux', image, undefined],
  ['an installed program of Windows', feed, 'win32', {}, undefined],
  ['an app of macOS', feed, 'darwin', {}, undefined],
  ['a package of a distribution', { ...feed, distribution: 'deb' }, 'linux', image, 'distribution'],
  ['a folder that was unpacked on Linux', feed, 'linux', {}, 'by-hand'],
  ['an AppImage that is not there any more', feed, 'linux', { APPIMAGE: `${program}.old` }, 'by-hand'],
  ['the portable program', feed, 'win32', { PORTABLE_EXECUTABLE_FILE: 'D:\\Shoal.exe' }, 'by-hand'],
  ['a copy without a feed', {}, 'linux', image, 'by-hand'],
] as const)('%s', (_what, files, platform, env, reason) => {
  const resources = tempFolder();
  writeFiles(resources, files);
  expect(reasonForNone({ isPackaged: true, resources, platform, env })).toBe(reason);
});

test('a checkout', () => {
  const resources = tempFolder();
  writeFiles(resources, feed);
  expect(reasonForNone({ isPackaged: false, resources, platform: 'linux', env: image })).toBe('unpacked');
});

needs('a user who is not root', process.getuid?.() !== 0).test(
  'an AppImage that an administrator put there',
  () => {
    const folder = tempFolder();
    writeFiles(folder, { 'Shoal.AppImage': '', ...feed });
    chmodSync(folder, 0o555);
    const env = { APPIMAGE: join(folder, 'Shoal.AppImage') };
    const copy = { isPackaged: true, resources: folder, platform: 'linux', env } as const;
    expect(reasonForNone(copy)).toBe('by-hand');
    chmodSync(folder, 0o755);
  },
);
