import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import type { ModuleId, Registration } from '../../shared/ipc/inputs.ts';
import { InputRegistry } from './input-registry.ts';
import { namedIn, OpenedInputs } from './opened-inputs.ts';

it('takes paths from the arguments and leaves switches to Chromium', () => {
  const argv = ['/bin/shoal', '--no-sandbox', 'photos', '/abs/list.txt', ''];
  expect(namedIn(argv, true, '/home')).toEqual({
    paths: [resolve('/home/photos'), resolve('/abs/list.txt')],
    links: [],
  });
});

it("skips the app's own folder while the app is not packaged", () => {
  const { paths } = namedIn(['/bin/electron', '/src/shoal', 'photos'], false, '/home');
  expect(paths).toEqual([resolve('/home/photos')]);
});

it('skips it also behind switches', () => {
  const argv = ['/bin/electron', '--inspect=0', '/src/shoal', '--no-sandbox', 'photos'];
  expect(namedIn(argv, false, '/home').paths).toEqual([resolve('/home/photos')]);
});

it('takes the address of a file for its path, and other addresses for links', () => {
  const photos = join(tmpdir(), 'two words & ü');
  const argv = ['/bin/shoal', pathToFileURL(photos).href, 'https://example.com/a.jpg', 's3://bucket/a.jpg'];
  expect(namedIn(argv, true, '/home')).toEqual({
    paths: [photos],
    links: ['https://example.com/a.jpg', 's3://bucket/a.jpg'],
  });
});

it('takes an address that names no file here for a path, which is then refused by its name', async () => {
  const { paths, links } = namedIn(['/bin/shoal', 'sftp://host/photos'], true, tmpdir());
  expect(links).toEqual([]);
  const { inputs, refused } = await new InputRegistry().registerPaths(paths);
  expect(inputs).toEqual([]);
  expect(refused).toMatchObject([{ name: 'photos' }]);
});

it('makes one list of the links', async () => {
  const registry = new InputRegistry();
  const opened = new OpenedInputs(registry, () => {});
  await opened.openNamed({ paths: [tmpdir()], links: ['https://example.com/a', 'https://example.com/b'] });
  const { inputs } = await opened.take();
  const list = inputs.find(({ kind }) => kind === 'list');
  expect(inputs).toHaveLength(2);
  expect(list && registry.get(list.id)).toEqual({
    kind: 'list',
    text: 'https://example.com/a\nhttps://example.com/b',
  });
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
