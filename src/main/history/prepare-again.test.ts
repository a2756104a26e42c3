import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import type { ModuleId } from '../../shared/ipc/inputs.ts';
import { fetchRequestSchema, mapRequestSchema, thumbnailRequestSchema } from '../../shared/requests.ts';
import { FileRegistry } from '../inputs/file-registry.ts';
import { InputRegistry } from '../inputs/input-registry.ts';
import { OutputRegistry } from '../inputs/output-registry.ts';
import { prepareAgain } from './prepare-again.ts';

const known = () => ({
  inputs: new InputRegistry(),
  outputs: new OutputRegistry(),
  files: new FileRegistry(),
  modules: { offer: async () => undefined },
  downloads: '/downloads',
  texts: { textOf: async () => undefined },
});
const words = { title: 'photos', force: false, destination: '', folder: '' };

it('takes over which files of the folders were meant, apart from the settings that are kept', async () => {
  const request = thumbnailRequestSchema.parse({
    kind: 'thumbnails',
    paths: ['/photos'],
    recipe: { quality: 50 },
    match: '*.jpg',
    exclude: ['old'],
    durable: true,
  });
  const prepared = await prepareAgain({ kind: 'thumbnails', request, ...words }, [], known());
  expect(prepared).toMatchObject({
    thumbnails: { quality: 50 },
    session: { match: '*.jpg', exclude: ['old'], durable: true },
    needs: [],
  });
});

it('keeps headers and access out of the settings that go to the disk, and paths away from the page', async () => {
  const request = fetchRequestSchema.parse({
    kind: 'fetch',
    inputs: [{ kind: 'text', text: 'http://a.test/1' }],
    recipe: { perHost: 3, match: '*.png', headers: { 'x-key': 'sesame' } },
    access: { user: 'ada', password: 'sesame', cookieFile: '/secret/cookies.txt' },
  });
  const prepared = await prepareAgain({ kind: 'fetch', request, ...words }, [], known());
  expect(prepared.fetch).toMatchObject({ perHost: 3, headers: {} });
  expect(prepared.fetch).not.toHaveProperty('match');
  expect(prepared.session).toEqual({
    match: '*.png',
    headers: { 'x-key': 'sesame' },
    user: 'ada',
    password: 'sesame',
    cookieFile: { id: expect.any(String), name: 'cookies.txt' },
  });
});

it('gives the items of a task again as they were: with a line feed in them, and an image as the file that it is', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.jpg': '' });
  const image = join(folder, 'a.jpg');
  const request = mapRequestSchema.parse({
    kind: 'map',
    module: '/a.mjs',
    inputs: [
      { kind: 'items', items: ['two\nlines', 'end\r'] },
      { kind: 'items', items: [image] },
      { kind: 'items', items: ['/gone.jpg'] },
    ],
  });
  const module = { id: '7a2b6f0e-8a52-4d58-8f0a-3f1f6e6f3c11' as ModuleId, name: 'a.mjs', place: '' };
  const parts = { ...known(), modules: { offer: async () => module } };
  const prepared = await prepareAgain({ kind: 'map', request, ...words }, [], parts);
  const given = prepared.registration.inputs.map(({ id }) => parts.inputs.get(id));
  expect(given).toEqual([
    { kind: 'list', items: ['two\nlines', 'end\r'] },
    { kind: 'image', path: image },
    { kind: 'list', text: '/gone.jpg' },
  ]);
});

it('gives the settings of a task again, and says of options that were too long to keep that they are missing', async () => {
  const recipe = { retries: 2, timeoutMs: 1_500 };
  const request = mapRequestSchema.parse({
    kind: 'map',
    module: '/a.mjs',
    inputs: [{ kind: 'items', items: ['one'] }],
    recipe,
  });
  const module = { id: '7a2b6f0e-8a52-4d58-8f0a-3f1f6e6f3c11' as ModuleId, name: 'a.mjs', place: '' };
  const parts = { ...known(), modules: { offer: async () => module } };
  const prepared = await prepareAgain({ kind: 'map', request, ...words }, ['data'], parts);
  expect([prepared.map, prepared.needs]).toEqual([recipe, ['Options for the function']]);
});

it('says by its words what was not kept', async () => {
  const request = fetchRequestSchema.parse({
    kind: 'fetch',
    inputs: [{ kind: 'text', text: 'http://a.test/1' }],
    recipe: {},
  });
  const prepared = await prepareAgain({ kind: 'fetch', request, ...words }, ['headers', 'password'], known());
  expect(prepared.session).toEqual({});
  expect(prepared.needs).toEqual(['Headers', 'Password']);
});
