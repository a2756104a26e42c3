import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../../test/temp-folder.ts';
import { openInput } from './open-input.ts';

test('a file is opened and read from its beginning', () => {
  const path = join(tempFolder(), 'a.jpg');
  writeFileSync(path, 'its bytes');
  const { file, stat } = openInput(path);
  expect([readFileSync(file, 'utf8'), stat.size]).toEqual(['its bytes', 9]);
  closeSync(file);
});

test('what is no file is refused at once, whatever path leads to it', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'folder.jpg'));
  execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(join(folder, 'socket.jpg'), resolve));
  symlinkSync('/dev/zero', join(folder, 'device.jpg'));
  symlinkSync('pipe.jpg', join(folder, 'link.jpg'));
  for (const name of ['folder.jpg', 'pipe.jpg', 'socket.jpg', 'device.jpg', 'link.jpg']) {
    const path = join(folder, name);
    expect(() => openInput(path), name).toThrow(
      expect.objectContaining({ code: 'NOT_A_FILE', message: expect.stringContaining(path) }),
    );
  }
});

test('what is not there is told by its errno', () => {
  expect(() => openInput(join(tempFolder(), 'gone.jpg'))).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND' }),
  );
});
