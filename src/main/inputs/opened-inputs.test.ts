import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Registration } from '../../shared/ipc/inputs.ts';
import { InputRegistry } from './input-registry.ts';
import { OpenedInputs, pathsOf } from './opened-inputs.ts';

it('takes paths from the arguments and leaves switches to Chromium', () => {
  const argv = ['/bin/shoal', '--no-sandbox', 'photos', '/abs/list.txt', ''];
  expect(pathsOf(argv, true, '/home')).toEqual([resolve('/home/photos'), resolve('/abs/list.txt')]);
});

it("skips the app's own folder while the app is not packaged", () => {
  expect(pathsOf(['/bin/electron', '/src/shoal', 'photos'], false, '/home')).toEqual([
    resolve('/home/photos'),
  ]);
});

it('skips it also behind switches', () => {
  const argv = ['/bin/electron', '--inspect=0', '/src/shoal', '--no-sandbox', 'photos'];
  expect(pathsOf(argv, false, '/home')).toEqual([resolve('/home/photos')]);
});

it('holds what came before a page could listen, and hands it out once', async () => {
  const told: Registration[] = [];
  const opened = new OpenedInputs(new InputRegistry(), (registration) => told.push(registration));
  await opened.open([tmpdir()]);
  expect((await opened.take()).inputs).toHaveLength(1);
  expect((await opened.take()).inputs).toHaveLength(0);
  expect(told).toEqual([]);
});

it('tells a listening page at once, and holds again when it is gone', async () => {
  const told: Registration[] = [];
  const opened = new OpenedInputs(new InputRegistry(), (registration) => told.push(registration));
  await opened.take();
  await opened.open([tmpdir()]);
  expect(told).toHaveLength(1);
  opened.pageGone();
  await opened.open([tmpdir()]);
  expect(told).toHaveLength(1);
  expect((await opened.take()).inputs).toHaveLength(1);
});
