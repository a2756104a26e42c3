import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { JsonFile } from '../storage/json-file.ts';
import { ModuleRegistry } from './module-registry.ts';

function registry(agrees = true) {
  const folder = tempFolder();
  writeFiles(folder, { 'deep/shout.mjs': 'export default 1;' });
  const asked: string[] = [];
  const open = () =>
    new ModuleRegistry({
      known: new JsonFile(join(folder, 'known.json'), z.array(z.string()), () => []),
      ask: async ({ name, place }) => {
        asked.push(`${name} in ${place}`);
        return agrees;
      },
    });
  return { modules: open(), open, asked, path: join(folder, 'deep/shout.mjs') };
}

const question = expect.stringMatching(/^shout\.mjs in ….*deep$/);

it('takes what was chosen without a question, and tells the page no path of it', async () => {
  const { modules, asked, path } = registry();
  const chosen = await modules.choose(path);
  expect(asked).toEqual([]);
  expect(chosen.name).toBe('shout.mjs');
  expect(JSON.stringify(chosen)).not.toContain(path);
  expect(modules.get(chosen.id)).toBe(path);
});

it('asks about what came in another way, once for each version of it, also after a restart', async () => {
  const { modules, open, asked, path } = registry();
  const first = await modules.offer(path);
  expect(await modules.offer(path)).toEqual(first);
  await open().offer(path);
  expect(asked).toEqual([question]);
  writeFileSync(path, 'export default 2;');
  await modules.offer(path);
  expect(asked).toEqual([question, question]);
});

it('does not take what the person refuses, and asks again', async () => {
  const { modules, asked, path } = registry(false);
  expect(await modules.offer(path)).toBeUndefined();
  expect(await modules.offer(path)).toBeUndefined();
  expect(asked).toHaveLength(2);
});

it('lets what was chosen run while it is edited, until the next start, which asks once', async () => {
  const { modules, open, asked, path } = registry();
  await modules.choose(path);
  writeFileSync(path, 'export default 2;');
  expect(await modules.mayRun(path)).toBe(true);
  expect(asked).toEqual([]);
  const later = open();
  expect(await later.mayRun(path)).toBe(true);
  expect(await later.mayRun(path)).toBe(true);
  expect(asked).toEqual([question]);
});

it('asks again before what was dropped runs as another version, and of two at a time once', async () => {
  const { modules, asked, path } = registry();
  await modules.offer(path);
  expect(await modules.mayRun(path)).toBe(true);
  expect(asked).toEqual([question]);
  writeFileSync(path, 'export default 2;');
  expect(await Promise.all([modules.mayRun(path), modules.mayRun(path)])).toEqual([true, true]);
  expect(asked).toEqual([question, question]);
});

it('takes another export of a module by its name, and asks for the file alone', async () => {
  const { modules, asked, path } = registry();
  const named = await modules.offer(`${path}#loudly`);
  expect([named?.name, named && modules.get(named.id)]).toEqual(['shout.mjs#loudly', `${path}#loudly`]);
  expect(await modules.mayRun(path)).toBe(true);
  expect(asked).toEqual([expect.stringMatching(/^shout\.mjs#loudly in /)]);
});
