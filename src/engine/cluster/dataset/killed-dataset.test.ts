import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Shell } from '../../../../test/run-shoal.ts';
import { startPhotos } from '../../../../test/servers/photos.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { waitUntil } from '../../../../test/wait-until.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

const filesOf = (out = join(folder, 'set')) => readdirSync(out).sort();

describe('a run into a data set', () => {
  it('that is killed goes on where it was, to the same bytes', async () => {
    await using server = await startPhotos();
    const list = join(folder, 'list.csv');
    const urls = Array.from({ length: 300 }, (_, index) => `${server.origin}/${index}.jpg`);
    writeFileSync(list, ['url', ...urls].join('\n'));
    const shell = new Shell(join(folder, 'state'));
    const command = (out: string) => [
      'fetch',
      list,
      '--dataset',
      'webdataset',
      '--tar-items',
      '120',
      '--pool',
      '16',
      '--out',
      join(folder, out),
    ];
    expect((await shell.run(command('whole'))).code).toBe(0);
    const kills = [100, 100, 80];
    for (const after of kills) {
      const before = server.requests.length;
      const child = shell.start(command('set'));
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await waitUntil(
        () => server.requests.length >= before + after || child.exitCode !== null,
        'some are fetched',
      );
      child.kill('SIGKILL');
      await ended;
    }
    const { code, summary } = await shell.json(command('set'));
    expect(code).toBe(0);
    expect(summary).toMatchObject({ total: 300, failed: 0 });
    expect(filesOf()).toEqual(filesOf(join(folder, 'whole')));
    for (const name of filesOf()) {
      expect(
        readFileSync(join(folder, 'set', name)).equals(readFileSync(join(folder, 'whole', name))),
        name,
      ).toBe(true);
    }
    // What was staged is not fetched again: at most what was in flight at each kill.
    expect(server.requests.length).toBeLessThan(2 * 300 + kills.length * 40);
  });
});
