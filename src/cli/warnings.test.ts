import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { withScript } from '../../test/needs.ts';
import { ended, Shell, shoalBin } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

async function damagedFolder(count: number): Promise<string> {
  const folder = tempFolder();
  const image = await sampleJpeg(1, 200, 100);
  const half = image.subarray(0, image.length / 2);
  const files = Array.from({ length: count }, (_, at) => [`half-${at}.jpg`, half] as const);
  writeFiles(folder, { 'whole.jpg': image, ...Object.fromEntries(files) });
  return folder;
}

test('piped, --tolerant warns on standard error of each image that is damaged', async () => {
  const folder = await damagedFolder(1);
  const { code, stdout, stderr } = await new Shell().run(['thumbs', folder, '--tolerant']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/2 done\./);
  expect(stderr).toMatch(/^warning: \S+half-0\.jpg: The file ends before its image does\.\n$/);
});

withScript.test('on a terminal --tolerant warns of what is damaged, of the first 20 by name', async () => {
  const folder = await damagedFolder(25);
  const command = `'${process.execPath}' '${shoalBin}' thumbs '${folder}' --tolerant`;
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    env: { ...process.env, SHOAL_STATE_DIR: tempFolder(), TERM: 'xterm-256color' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, stdout } = await ended(child);
  expect(code).toBe(0);
  const text = stripVTControlCharacters(stdout);
  expect(text.match(/warning: .*half-\d+\.jpg: The file ends before its image/g)).toHaveLength(20);
  expect(text.match(/further warnings about items are not shown/g)).toHaveLength(1);
});
