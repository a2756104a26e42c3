import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { map } from './map.ts';
import { addressOfTask, partsOfAddress } from './task-address.ts';
import { values } from './values.ts';

function fileOf(name: string, text: string, others: Record<string, string> = {}): string {
  const folder = tempFolder();
  writeFiles(folder, { [name]: text, ...others });
  return join(folder, name);
}

const once = async (task: URL | string, item: unknown = 3) =>
  values(await map(task, [item], { poolSize: 1 }))[0];

describe('a module’s task', () => {
  test('may have a name that is no part of an address, and what else there is has no names of Node’s own', async () => {
    const file = fileOf('tasks.cjs', 'exports["100%"] = () => "all"; exports.half = () => 1;');
    expect(await once(new URL('#100%', pathToFileURL(file)))).toBe('all');
    expect(await once(`${pathToFileURL(file)}#100%`)).toBe('all');
    await expect(once(`${file}#third`)).rejects.toThrow(
      /got nothing; it exports (100%, half|half, 100%|half)$/,
    );
  });

  test('may be a named export', async () => {
    const file = fileOf('tasks.mjs', 'export const triple = (n) => n * 3;\nexport default (n) => n;');
    expect(await once(`${file}#triple`)).toBe(9);
    expect(await once(new URL('#triple', pathToFileURL(file)))).toBe(9);
    expect(await once(file)).toBe(3);
  });

  test('is of the file whose real name has a hash', async () => {
    const file = fileOf('tasks.mjs#triple', 'export default () => "the file"', {
      'tasks.mjs': 'export const triple = () => "the export"',
    });
    const moved = fileOf('a#b.mjs', 'export default () => "of a#b"; export const c = () => "c of a#b"');
    expect(await once(moved)).toBe('of a#b');
    expect(await once(`${moved}#c`)).toBe('c of a#b');
    // Node tells what a file is by the end of its name; the address is right.
    expect(partsOfAddress(addressOfTask(file))).toEqual({ url: pathToFileURL(file).href, name: 'default' });
  });

  test.each([
    ['enums.mts', 'enum Size { Small }\nexport default () => Size.Small;', /enum.*compiled to JavaScript/s],
    ['types.ts', 'export default (n: number): number => n + 1;', undefined],
    [
      'types.mts',
      'type Count = number;\nexport default async (n: Count): Promise<Count> => n + 1;',
      undefined,
    ],
    ['types.cts', 'module.exports = (n: number): number => n + 1;', undefined],
    ['common.cjs', 'module.exports = (n) => n + 1;', undefined],
    ['common.js', 'exports.other = () => 0; module.exports = (n) => n + 1;', undefined],
    [
      'compiled.cjs',
      'Object.defineProperty(exports, "__esModule", { value: true });\nexports.default = (n) => n + 1;',
      undefined,
    ],
    ['later.mjs', 'await null; export default (n) => n + 1;', undefined],
  ])('may be written in any way that Node runs: %s', async (name, text, problem) => {
    const file = fileOf(name, text);
    if (problem)
      await expect(once(file)).rejects.toMatchObject({
        code: 'TASK_NOT_FOUND',
        message: expect.stringMatching(problem),
      });
    else expect(await once(file)).toBe(4);
  });

  test('may be a named export of CommonJS, compiled or not', async () => {
    const text = 'const all = {}; all["tri" + "ple"] = (n) => n * 3; module.exports = all;';
    expect(await once(`${fileOf('hidden.cjs', text)}#triple`)).toBe(9);
    expect(await once(`${fileOf('plain.cjs', 'exports.triple = (n) => n * 3;')}#triple`)).toBe(9);
  });

  test('may be in a data: URL', async () => {
    expect(await once(new URL('data:text/javascript,export default (n) => n * 5'))).toBe(15);
  });

  test.each([
    [
      '',
      'export const triple = 1, double = (n) => n;',
      /export a function as its default, got nothing; it exports double$/,
    ],
    [
      '#quadruple',
      'export const triple = (n) => n;',
      /export a function of the name quadruple, got nothing; it exports triple$/,
    ],
    ['', 'export default {};', /as its default, got an object$/],
    ['', 'export default [];', /got an array$/],
    ['', 'export default null;', /got null$/],
    ['', 'export default class Resize {}', /got the class Resize: export a function that uses it$/],
    ['', 'export const init = 7; export default () => 1;', /init of .* to be a function, got a number$/],
    ['', 'import "./absent.mjs"; export default () => 1;', /Cannot find module '.*absent\.mjs'$/],
    ['', 'export default (', /Unexpected token|Unexpected end/],
  ])('that cannot be used is told without inner paths (%s of %j)', async (hash, text, message) => {
    const error = await once(`${fileOf('task.mjs', text)}${hash}`).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TASK_NOT_FOUND', message: expect.stringMatching(message) });
    expect(String(error)).not.toMatch(/serve-lane|load-task|worker\.|imported from/);
  });

  test('that is not there is told as that', async () => {
    const file = join(tempFolder(), 'nope.mjs');
    await expect(once(file)).rejects.toMatchObject({
      code: 'TASK_NOT_FOUND',
      message: `Cannot load ${pathToFileURL(file).href}: There is no such file`,
    });
    await expect(once(tempFolder())).rejects.toMatchObject({
      message: expect.stringMatching(/It is a folder$/),
    });
  });
});

test('a worker file that is not there is told, with what bundlers have to do with it', async () => {
  const task = new URL('../../../test/tasks/double.mjs', import.meta.url);
  await expect(map(task, [1], { workerFile: '/absent/worker.cjs' })).rejects.toThrow(
    /could not start\. Their file is not there: \/absent\/worker\.cjs\..*keep shoal external/,
  );
});
