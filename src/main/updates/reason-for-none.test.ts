import { expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { reasonForNone } from './reason-for-none.ts';

const feed = { 'app-update.yml': 'provider: generic\n' };
const image = { APPIMAGE: '/home/anna/Shoal.AppImage' };

test.each([
  ['an AppImage', feed, 'linux', image, undefined],
  ['an installed program of Windows', feed, 'win32', {}, undefined],
  ['an app of macOS', feed, 'darwin', {}, undefined],
  ['a package of a distribution', { ...feed, distribution: 'deb' }, 'linux', image, 'distribution'],
  ['a folder that was unpacked on Linux', feed, 'linux', {}, 'by-hand'],
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
