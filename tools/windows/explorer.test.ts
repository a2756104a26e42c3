import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { needs } from '../../test/needs.ts';
import { tempFolder } from '../../test/temp-folder.ts';

const folder = join(import.meta.dirname, '../../resources/windows');
const include = readFileSync(join(folder, 'installer.nsh'), 'utf8');

it('what the installer writes into the registry is removed with it, and with nothing else', () => {
  const written = [...include.matchAll(/WriteRegStr SHELL_CONTEXT "([^"]+)"/g)].map(([, key]) => key ?? '');
  const removed = [...include.matchAll(/DeleteRegKey SHELL_CONTEXT "([^"]+)"/g)].map(([, key]) => key ?? '');
  expect(removed).toHaveLength(3);
  for (const key of written)
    expect(
      removed.some((each) => key === each || key.startsWith(`${each}\\`)),
      key,
    ).toBe(true);
  for (const key of removed) expect(key).toMatch(/\\(Shoal|\$\{APP_EXECUTABLE_FILENAME\})$/);
});

it('the app never becomes the one that opens a type by itself', () => {
  expect(include).not.toMatch(/Software\\Classes\\\./);
});

it('each path that is given to the app stands in quotes', () => {
  for (const [, command] of include.matchAll(/command" "" '([^']+)'/g))
    expect(command).toMatch(/^"[^"]+" "%1"$/);
});

/** As much of electron-builder's script as the include needs. */
const installer = (out: string) => `!include LogicLib.nsh
!define APP_EXECUTABLE_FILENAME "Shoal.exe"
!define isUpdated '"a" == "b"'
!include "${join(folder, 'installer.nsh')}"
OutFile "${out}"
InstallDir "$TEMP"
Section
  !insertmacro customInstall
  WriteUninstaller "$INSTDIR\\uninstall.exe"
SectionEnd
Section un.Uninstall
  !insertmacro customUnInstall
SectionEnd
`;

const withMakensis = needs('makensis', spawnSync('makensis', ['-VERSION']).error === undefined);
withMakensis.test('NSIS takes it', () => {
  const home = tempFolder();
  writeFileSync(join(home, 'installer.nsi'), installer(join(home, 'shoal.exe')));
  const { status, stdout } = spawnSync('makensis', ['-V2', '-WX', join(home, 'installer.nsi')], {
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
