import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chosenModule } from './chosen-module.ts';
import { InputRegistry } from './input-registry.ts';
import { ModuleRegistry } from './module-registry.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shoal-inputs-'));
  await mkdir(join(folder, 'photos'));
  await writeFile(join(folder, 'a.jpg'), '');
  await writeFile(join(folder, 'URLS.TXT'), '');
});
afterAll(() => rm(folder, { recursive: true }));

it('tells folders, images and lists apart and names them without their path', async () => {
  const registry = new InputRegistry();
  const paths = ['photos', 'a.jpg', 'URLS.TXT'].map((name) => join(folder, name));
  const { inputs, refused } = await registry.registerPaths(paths);
  expect(inputs.map(({ kind, name }) => [kind, name])).toEqual([
    ['folder', 'photos'],
    ['image', 'a.jpg'],
    ['list', 'URLS.TXT'],
  ]);
  expect(refused).toEqual([]);
  expect(JSON.stringify(inputs)).not.toContain(folder);
});

it('takes each format for a list that lists may have', async () => {
  const names = [
    'a.csv',
    'b.TSV',
    'c.tab',
    'd.jsonl',
    'e.ndjson',
    'f.jsonlines',
    'g.txt.gz',
    'h.gz',
    'i.parquet',
  ];
  const paths = names.map((name) => join(folder, name));
  for (const path of paths) await writeFile(path, '');
  const { inputs } = await new InputRegistry().registerPaths(paths);
  expect(inputs.map(({ kind }) => kind)).toEqual(names.map(() => 'list'));
});

it('keeps what an id stands for to itself', async () => {
  const registry = new InputRegistry();
  const [input] = (await registry.registerPaths([join(folder, 'photos')])).inputs;
  expect(input && registry.get(input.id)).toEqual({ kind: 'folder', path: join(folder, 'photos') });
  expect(registry.get('photos' as never)).toBeUndefined();
});

it('registers what was given twice once', async () => {
  const path = join(folder, 'photos');
  const { inputs } = await new InputRegistry().registerPaths([path, `${path}/`, join(path, '.')]);
  expect(inputs).toHaveLength(1);
});

it('gives what is given again the id that it has, and tells where it lies', async () => {
  const registry = new InputRegistry();
  const [first] = (await registry.registerPaths([join(folder, 'photos')])).inputs;
  const [second] = (await registry.registerPaths([join(folder, 'photos')])).inputs;
  expect(second).toEqual(first);
  expect(first?.place).toBe(`…/${basename(folder)}`);
});

it('refuses what is not there without refusing the rest', async () => {
  const paths = [join(folder, 'gone'), join(folder, 'a.jpg')];
  const { inputs, refused } = await new InputRegistry().registerPaths(paths);
  expect(inputs).toHaveLength(1);
  expect(refused).toEqual([{ name: 'gone', message: 'gone is not there any more.' }]);
});

it('refuses a module that is too large to be one, as a film that ends with .ts, without losing the rest', async () => {
  const film = join(folder, 'film.ts');
  await writeFile(film, '');
  await truncate(film, 17_000_000);
  const modules = new ModuleRegistry({
    known: { read: () => [], write: () => {} },
    ask: async () => true,
  });
  const registry = new InputRegistry(undefined, (path) => modules.offer(path));
  const registration = await registry.registerPaths([film, join(folder, 'photos')]);
  expect(registration.inputs.map(({ name }) => name)).toEqual(['photos']);
  const refused = [{ name: 'film.ts', message: 'film.ts is too large to be a module.' }];
  expect(registration.refused).toEqual(refused);
  expect(registration).not.toHaveProperty('module');
  expect(await chosenModule(modules, film)).toEqual({ inputs: [], refused });
});

it('says of a module that went away that it is gone, without its path', async () => {
  const path = join(folder, 'gone.mjs');
  await writeFile(path, '');
  const modules = new ModuleRegistry({
    known: { read: () => [], write: () => {} },
    ask: async () => true,
  });
  const registry = new InputRegistry(undefined, async (given) => {
    await rm(given);
    return modules.offer(given);
  });
  const { refused } = await registry.registerPaths([path]);
  expect(refused).toEqual([{ name: 'gone.mjs', message: 'gone.mjs is not there any more.' }]);
});

it('holds a pasted text as a list', () => {
  const registry = new InputRegistry();
  const input = registry.registerText('https://example.com/', 'Pasted list');
  expect(registry.get(input.id)).toEqual({ kind: 'list', text: 'https://example.com/' });
});
