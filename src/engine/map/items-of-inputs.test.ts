import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { itemsOfInputs } from './items-of-inputs.ts';

const { signal } = new AbortController();

test('a subfolder that cannot be read is a failed item, and those after it are read', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.log': '', 'b/in.log': '', 'c/in.log': '' });
  const items = itemsOfInputs({ inputs: [{ kind: 'folder', path: folder }], recursive: true }, { signal });
  expect((await items.next()).value).toEqual({ text: join(folder, 'a.log') });
  rmSync(join(folder, 'b'), { recursive: true });
  const gone = join(folder, 'b');
  expect(await Array.fromAsync(items)).toEqual([
    { text: gone, failure: { code: 'NOT_FOUND', message: `Cannot read ${gone}: does not exist` } },
    { text: join(folder, 'c/in.log') },
  ]);
});

test('a folder that was given and cannot be read is wrong usage', async () => {
  const path = join(tempFolder(), 'absent');
  const items = itemsOfInputs({ inputs: [{ kind: 'folder', path }], recursive: true }, { signal });
  await expect(items.next()).rejects.toThrow(`Cannot read ${path}: does not exist.`);
});

test('the lines of a list as Windows writes it are items without its mark and its line ends', async () => {
  const path = join(tempFolder(), 'list.txt');
  writeFileSync(path, '\uFEFFone\r\ntwo \uFEFF\r\n\r\nthree');
  const items = itemsOfInputs({ inputs: [{ kind: 'list', path }], recursive: true }, { signal });
  expect(await Array.fromAsync(items)).toEqual([{ text: 'one' }, { text: 'two \uFEFF' }, { text: 'three' }]);
});
