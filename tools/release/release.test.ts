import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';
import { notesOf, unreleasedOf } from './change-notes.ts';
import { requirementsOf } from './requirements.ts';
import { versionOfTag } from './version.ts';

test('a tag is the version of package.json with a v before it, and nothing else', () => {
  expect(versionOfTag('v1.2.3', '1.2.3')).toBe('1.2.3');
  expect(versionOfTag('v1.2.3-beta.1', '1.2.3-beta.1')).toBe('1.2.3-beta.1');
  expect(() => versionOfTag('v1.2.4', '1.2.3')).toThrow('v1.2.3 would fit');
  expect(() => versionOfTag('1.2.3', '1.2.3')).toThrow('v1.2.3 would fit');
  expect(() => versionOfTag('v1.2', '1.2')).toThrow('not X.Y.Z');
  expect(() => versionOfTag('v1.2.3-rc.1', '1.2.3-rc.1')).toThrow('not X.Y.Z or X.Y.Z-beta.N');
  expect(() => versionOfTag('v1.2.3-beta-2', '1.2.3-beta-2')).toThrow('not X.Y.Z');
});

const changelog = `# Changelog

## Unreleased

- Not yet.

## [1.1.0] - 2026-11-30

### Added

- This.

## 1.0.0 - 2026-02-29

- That.

## 0.9.0

- Before.

## 0.8.0 - 2025-01-01
`;

test('the notes of a release are its section of the changelog', () => {
  expect(notesOf(changelog, '1.1.0')).toEqual({ date: '2026-11-30', text: '### Added\n\n- This.' });
  expect(notesOf(changelog.replaceAll('\n', '\r\n'), '1.1.0').text).toBe('### Added\n\n- This.');
  expect(unreleasedOf(changelog)).toBe('- Not yet.');
});

test('a section needs a day that there is, and something to say', () => {
  expect(() => notesOf(changelog, '1.2.0')).toThrow('no section');
  expect(() => notesOf(changelog, '1.0.0')).toThrow('no date');
  expect(() => notesOf(changelog, '0.9.0')).toThrow('no date');
  expect(() => notesOf(changelog, '0.8.0')).toThrow('says nothing');
  expect(() => notesOf(`${changelog}\n## 1.1.0 - 2026-12-01\n`, '1.1.0')).toThrow('2 sections');
});

test('the changelog of this checkout can be parsed', () => {
  const own = readFileSync(join(import.meta.dirname, '../../CHANGELOG.md'), 'utf8');
  expect(() => notesOf(own, '0.0.1')).toThrow('no section');
  expect(() => notesOf(own.replace(/^## 0\.1\.0.*$/m, '## 0.1.0 - 2026-10-01'), '0.1.0')).not.toThrow();
});

test('a checkout that is ready has all that a release needs, and what is missing is named', () => {
  const root = tempFolder();
  const address = 'https://git.example/shoal';
  const manifest = { version: '1.1.0', homepage: address, bugs: address, repository: { url: address } };
  const lock = { version: '1.1.0', packages: { '': { version: '1.1.0' } } };
  const metainfo = '<releases><release version="1.1.0" date="2026-11-30"/></releases>';
  writeFiles(root, {
    'package.json': JSON.stringify(manifest),
    'package-lock.json': JSON.stringify(lock),
    'CHANGELOG.md': changelog.replace('- Not yet.\n', ''),
    'resources/linux/shoal.metainfo.xml': metainfo,
  });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], { cwd: root });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'Release');
  const missing = (tag?: string) =>
    requirementsOf(root, tag).flatMap((one) => (one.missing === undefined ? [] : [one.missing]));
  expect(missing()).toEqual([]);
  expect(missing('v1.1.0')).toEqual([]);
  git('tag', 'v1.1.0');
  expect(missing('v1.1.0')).toEqual([]);
  expect(missing('v1.0.0')).toEqual([expect.stringContaining('v1.1.0 would fit')]);

  writeFiles(root, {
    'package.json': JSON.stringify({ ...manifest, bugs: 'https://git.example/shoal-placeholder/issues' }),
    'package-lock.json': JSON.stringify({ ...lock, version: '1.0.0' }),
    'resources/linux/shoal.metainfo.xml': metainfo.replace('1.1.0', '1.0.0'),
    'CHANGELOG.md': changelog.replace('2026-11-30', 'soon'),
    'resources/builder/config.ts': "export const appId = 'example.placeholder.shoal';",
  });
  git('add', '.');
  git('commit', '--quiet', '-m', 'Later');
  writeFileSync(join(root, 'forgotten.txt'), '');
  expect(missing()).toEqual([
    expect.stringContaining('package-lock.json has 1.0.0'),
    expect.stringContaining('no date'),
    expect.stringContaining('Unreleased'),
    expect.stringContaining('bugs: write the address'),
    expect.stringContaining('resources/builder/config.ts'),
    expect.stringContaining('shoal.metainfo.xml has no release 1.1.0'),
    expect.stringContaining('?? forgotten.txt'),
    expect.stringContaining('another commit'),
  ]);
});

test('this checkout cannot be released while its address is a placeholder', () => {
  const root = join(import.meta.dirname, '../..');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const address = requirementsOf(root).find(({ name }) => name.includes('addresses'));
  expect(address?.missing !== undefined).toBe(JSON.stringify(manifest).includes('placeholder'));
});
