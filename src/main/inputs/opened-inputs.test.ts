import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { ModuleId, Registration } from '../../shared/ipc/inputs.ts';
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

it('holds a module that was chosen while there was no window, with what else came', async () => {
  const told: Registration[] = [];
  const opened = new OpenedInputs(new InputRegistry(), (registration) => told.push(registration));
  const module = { id: '7a2b6f0e-8a52-4d58-8f0a-3f1f6e6f3c11' as ModuleId, name: 'a.mjs', place: '' };
  const chosen = { inputs: [], refused: [], module };
  opened.give(chosen);
  await opened.open([tmpdir()]);
  expect(await opened.take()).toMatchObject({ inputs: [{ kind: 'folder' }], refused: [], module });
  expect(await opened.take()).toEqual({ inputs: [], refused: [] });
  expect(told).toEqual([]);
  opened.give(chosen);
  expect(told).toEqual([chosen]);
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
