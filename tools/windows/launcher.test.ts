import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { needs } from '../../test/needs.ts';
import { tempFolder } from '../../test/temp-folder.ts';

const launcher = join(import.meta.dirname, '../../resources/windows/shoal.cmd');
const script = readFileSync(launcher, 'utf8');

it('finds the command line where it is packed, in lines that end as cmd wants them', () => {
  expect(script).toContain('%~dp0..');
  expect(script).toContain('\\app.asar.unpacked\\cli\\bin\\shoal.cjs" %*');
  expect(script.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

it('looks for Node on PATH alone, before it runs any', () => {
  const lines = script.split('\r\n');
  const onPath = [
    'set "NoDefaultCurrentDirectoryInExePath=1"',
    'if not defined SHOAL_NODE for %%N in (node.exe) do set "SHOAL_NODE=%%~$PATH:N"',
  ];
  const firstRun = lines.findIndex((line) => line.startsWith('"%SHOAL_NODE%"'));
  expect(lines.slice(0, firstRun)).toEqual(expect.arrayContaining(onPath));
});

const onWindows = needs('Windows', process.platform === 'win32');

onWindows.test('hands arguments on, and runs no Node of the folder that one is in', () => {
  const home = tempFolder();
  const bin = join(home, 'resources/bin');
  const cli = join(home, 'resources/app.asar.unpacked/cli/bin');
  const downloads = join(home, 'downloads');
  for (const folder of [bin, cli, downloads]) mkdirSync(folder, { recursive: true });
  copyFileSync(launcher, join(bin, 'shoal.cmd'));
  writeFileSync(join(cli, 'shoal.cjs'), 'console.log(JSON.stringify(process.argv.slice(2)))');
  writeFileSync(join(downloads, 'node.bat'), '@echo planted');
  const line = `""${join(bin, 'shoal.cmd')}" thumbs "my photos""`;
  const { stdout } = spawnSync('cmd', ['/d', '/s', '/c', line], {
    cwd: downloads,
    encoding: 'utf8',
    windowsVerbatimArguments: true,
  });
  expect(stdout.trim()).toBe('["thumbs","my photos"]');
});
