import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settingsSchema } from '../../shared/ipc/settings.ts';
import { changed } from '../ipc/app-handlers.ts';
import { JsonFile } from './json-file.ts';

const usual = () => settingsSchema.parse({});
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shoal-json-'));
});
afterEach(() => rm(folder, { recursive: true }));
const file = () => new JsonFile(join(folder, 'deep', 'settings.json'), settingsSchema, usual);

it('reads back what was written, and leaves no other file', async () => {
  file().write({ ...usual(), recursive: false });
  expect(file().read()).toEqual({ ...usual(), recursive: false });
  expect(await readdir(join(folder, 'deep'))).toEqual(['settings.json']);
});

it.each(['', '{', '[]', '{"recursive": "yes"}'])('falls back where the file holds %j', async (text) => {
  const path = join(folder, 'settings.json');
  await writeFile(path, text);
  expect(new JsonFile(path, settingsSchema, usual).read()).toEqual(usual());
});

it('fills in what an older file did not have', async () => {
  const path = join(folder, 'settings.json');
  await writeFile(path, '{"recursive": false}');
  expect(new JsonFile(path, settingsSchema, usual).read()).toEqual({ ...usual(), recursive: false });
});

it('a change keeps what it does not name, and null forgets', () => {
  const chosen = changed(usual(), { fetchPoolSize: 4 });
  expect(changed(chosen, { recursive: false })).toMatchObject({ fetchPoolSize: 4, recursive: false });
  expect(changed(chosen, { fetchPoolSize: null })).not.toHaveProperty('fetchPoolSize');
});
