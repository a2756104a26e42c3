import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../../test/images/image-folders.ts';
import { Shell } from '../../../test/run-shoal.ts';
import { startServer, text } from '../../../test/servers/test-server.ts';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';

test('each command takes --pool auto, which is also the default, and tells that it did', async () => {
  await using server = await startServer(text('hello'));
  const folder = tempFolder();
  writeFiles(folder, { 'up.mjs': 'export default (item) => item.toUpperCase();' });
  const shell = new Shell();
  for (const args of [
    ['thumbs', await sampleFolder(2)],
    ['fetch', `${server.origin}/a.txt`, '--out', join(folder, 'files')],
    ['map', join(folder, 'up.mjs'), 'a', 'b'],
  ]) {
    const { code, stderr, summary } = await shell.json([...args, '--pool', 'auto']);
    expect([code, stderr, summary?.failed]).toEqual([0, '', 0]);
    expect(summary).toMatchObject({ pool: { size: expect.any(Number), automatic: true } });
    const usual = await shell.json(args);
    expect(usual.summary).toMatchObject({ pool: { automatic: true } });
    const fixed = await shell.json([...args, '--pool', '3']);
    expect(fixed.summary).toMatchObject({ pool: { size: 3, automatic: false } });
  }
});
