import { execFileSync, spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ended, Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test.each([[[]], [['--previews']]])('what is named and no file fails by itself, thumbs %j', async (flags) => {
  const folder = tempFolder();
  execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(join(folder, 'socket.jpg'), resolve));
  symlinkSync('/dev/zero', join(folder, 'device.jpg'));
  const names = ['device.jpg', 'pipe.jpg', 'socket.jpg'];
  const paths = names.map((name) => join(folder, name));
  const { code, results } = await new Shell().json(['thumbs', ...paths, ...flags]);
  expect(code).toBe(1);
  expect(results.map(({ input, error }) => [input, (error as { code: string }).code]).sort()).toEqual(
    paths.map((path) => [path, 'NOT_A_FILE']),
  );
});

test('a named pipe is never opened: what another program writes to it is left for its reader', async () => {
  const folder = tempFolder();
  const pipe = join(folder, 'pipe.jpg');
  execFileSync('mkfifo', [pipe]);
  const writer = spawn('sh', ['-c', 'echo for its reader > "$0"', pipe], { stdio: 'ignore' });
  onTestFinished(() => void writer.kill('SIGKILL'));
  for (const flags of [[], ['--previews']]) {
    expect((await new Shell().json(['thumbs', pipe, folder, ...flags])).summary?.failed).toBe(1);
  }
  const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void reader.kill('SIGKILL'));
  expect((await ended(reader)).stdout).toBe('for its reader\n');
});
