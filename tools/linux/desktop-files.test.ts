import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, test } from 'vitest';
import { appId } from '../../resources/builder/app-id.ts';
import { linuxDesktopFiles, linuxFurtherFiles } from '../../resources/builder/linux-files.ts';
import { launcherEntryOf, launcherSwitches } from '../../src/main/app/launcher-switches.ts';
import { needs } from '../../test/needs.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { metainfoOf } from './metainfo.ts';
import { packageScript } from './package-scripts.ts';
import { releasesOf } from './releases.ts';

const root = join(import.meta.dirname, '../..');
const onPosix = needs('Linux or macOS', process.platform !== 'win32');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

it('the metainfo is as package.json and the changelog say: otherwise run node tools/linux/write-files.ts', () => {
  expect(read('resources/linux/shoal.metainfo.xml')).toBe(metainfoOf(root));
});

it('a release is told by its date and the first sentences of its first points', () => {
  const changelog = `# Changelog

## Unreleased

- Not yet.

## 0.2.0 - 2026-12-01

### Added

- \`shoal\` does *more*. And this
  is the rest.
- [A page](docs/page.md) on it, e.g. how
  to begin

### Fixed

- A fault

## [0.1.1] – 2026-11-20

- No version can be released under this heading: its dash is another.

## 0.1.0

- Has no date.
`;
  expect(releasesOf(changelog)).toEqual([
    {
      version: '0.2.0',
      date: '2026-12-01',
      news: ['shoal does more.', 'A page on it, e.g. how to begin', 'A fault'],
    },
  ]);
});

it('each file of a Linux package is in the checkout or its build', () => {
  for (const { from } of [...linuxDesktopFiles, ...linuxFurtherFiles])
    expect(existsSync(join(root, from)), from).toBe(true);
});

it('the actions of the desktop file are switches that the window knows', () => {
  const begun = [...read('resources/linux/shoal.desktop').matchAll(/^Exec=shoal (--\S+)$/gm)].map(
    ([, name = '']) => launcherEntryOf(['shoal', name]),
  );
  expect(begun).toEqual(Object.keys(launcherSwitches));
});

it('every entry of a desktop or a file manager hands all that is selected to the window, under the icon of the app', () => {
  const entries = [
    'shoal.desktop',
    'file-managers/shoal.nemo_action',
    'file-managers/dolphin.desktop',
    'file-managers/thunar.desktop',
  ];
  for (const entry of entries) {
    const text = read(`resources/linux/${entry}`);
    expect(text, entry).toMatch(/^Exec=shoal window %F$/m);
    expect(text, entry).toMatch(new RegExp(`^Icon(-Name)?=${appId}$`, 'm'));
    // Each English name has a German one.
    expect(text.match(/^Name\[de\]=/gm)?.length ?? 0, entry).toBe(
      (text.match(/^Name=/gm)?.length ?? 0) - (entry === 'shoal.desktop' ? 1 : 0),
    );
  }
});

it('folders are not among the types: where none is the default, the app would open them all', () => {
  expect(read('resources/linux/shoal.desktop')).not.toMatch(/inode\/directory|text\/plain/);
});

it('the scripts of a deb and rpm put the launcher on the PATH, and not Electron', () => {
  for (const when of ['install', 'remove'] as const) {
    const script = packageScript(when);
    // Otherwise run node tools/linux/write-files.ts, and look at what electron-builder has changed.
    expect(read(`resources/linux/after-${when}.tpl`)).toBe(script);
    expect(script).toContain(`/opt/\${sanitizedProductName}/resources/bin/shoal'`);
    expect(script).not.toContain(`/opt/\${sanitizedProductName}/\${executable}'`);
    expect(spawnSync('bash', ['-n'], { input: script }).status).toBe(0);
  }
});

onPosix.describe('what is run after a package is removed', () => {
  let home: string;
  const link = () => join(home, 'shoal');

  beforeEach(() => {
    home = tempFolder();
    symlinkSync('nowhere', link());
  });

  /** In a folder instead of the system's, which alone decides what is there. */
  function removed(...args: string[]): number | null {
    const script = packageScript('remove')
      .replaceAll(/\$\{executable\}/g, 'shoal')
      .replaceAll(/\/(?:usr\/bin|etc\/apparmor\.d)\//g, `${home}/`);
    const alone = 'type() { return 1; }; hash() { return 1; }; apparmor_status() { return 1; }';
    return spawnSync('bash', ['-c', `${alone}\n${script}`, 'after-remove', ...args]).status;
  }

  test('leaves the newer version its command at an upgrade by rpm', () => {
    expect(removed('1')).toBe(0);
    expect(lstatSync(link()).isSymbolicLink()).toBe(true);
  });

  test.each([['0'], ['remove'], ['purge']])('takes the command away when it is %s', (how) => {
    expect(removed(how)).toBe(0);
    expect(() => lstatSync(link())).toThrow('ENOENT');
  });
});

const withMime = needs('update-mime-database', spawnSync('update-mime-database', ['-v']).error === undefined);
withMime.test('the system knows the types of lists after them', () => {
  const mime = tempFolder();
  mkdirSync(join(mime, 'packages'));
  cpSync(join(root, 'resources/linux/shoal.mime.xml'), join(mime, 'packages/shoal.xml'));
  expect(spawnSync('update-mime-database', [mime]).status).toBe(0);
  const globs = readFileSync(join(mime, 'globs2'), 'utf8');
  for (const glob of [
    'text/uri-list:*.urls',
    'application/x-ndjson:*.ndjson',
    'application/vnd.apache.parquet:*.parquet',
  ])
    expect(globs).toContain(glob);
});
