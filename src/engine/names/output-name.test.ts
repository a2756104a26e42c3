import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planFiles } from '../../../test/planned.ts';
import { thumbnailRecipeSchema } from '../../shared/recipe.ts';
import { outputFormats } from '../../shared/settings/choices.ts';
import { kindOfName, nameOutputs } from './output-name.ts';

const extension = fc.constantFrom(
  '.jpg',
  '.JPG',
  '.jpeg',
  '.png',
  '.webp',
  '.gif',
  '.tif',
  '.svg',
  '.avif',
  '.Png',
);
/** Few stems, so that names collide, and odd ones: case, composed and decomposed, emoji, quotes, 240 bytes and more. */
const stem = fc.oneof(
  fc.constantFrom(
    'a',
    'A',
    'b',
    'a.png',
    'a.jpg',
    'é',
    'e\u0301',
    '🐟',
    "it's",
    'two words',
    'new\nline',
    '-',
  ),
  fc.constantFrom('🐟'.repeat(62), 'x'.repeat(250)),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/[/\0]/.test(text)),
);
const name = fc
  .tuple(stem, extension)
  .map(([stem, extension]) => stem + extension)
  .filter((name) => kindOfName(name) === 'read' && Buffer.byteLength(name) <= 255 && name.isWellFormed());
const names = fc.uniqueArray(name, { maxLength: 30 });
const format = fc.constantFrom(...outputFormats);

describe('the names of outputs', () => {
  test('are distinct, one for each input, of at most 255 bytes and without separators', () => {
    fc.assert(
      fc.property(names, format, (names, format) => {
        const outputs = nameOutputs(names, format);
        expect([...outputs.keys()].sort()).toEqual([...names].sort());
        expect(new Set(outputs.values()).size).toBe(names.length);
        for (const output of outputs.values()) {
          expect(Buffer.byteLength(output)).toBeLessThanOrEqual(255);
          expect(output).not.toMatch(/[/\0]/);
          expect(output.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  test('depend on the set of inputs, not on their order', () => {
    const permuted = names.chain((names) =>
      fc.tuple(
        fc.constant(names),
        fc.shuffledSubarray(names, { minLength: names.length, maxLength: names.length }),
      ),
    );
    fc.assert(
      fc.property(permuted, format, ([names, shuffled], format) => {
        const outputs = nameOutputs(names, format);
        const again = nameOutputs(shuffled, format);
        for (const name of names) expect(again.get(name)).toBe(outputs.get(name));
      }),
    );
  });

  test('stay apart on a file system that does not tell case apart, unless the inputs do not either', () => {
    fc.assert(
      fc.property(names, fc.constantFrom('jpeg' as const, 'webp' as const), (names, format) => {
        const folded = (name: string) => name.normalize('NFC').toLowerCase();
        fc.pre(new Set(names.map(folded)).size === names.length);
        const outputs = [...nameOutputs(names, format).values()];
        expect(new Set(outputs.map(folded)).size).toBe(names.length);
      }),
    );
  });

  test('keep the name where the format stays, and tell what it was where two would meet', () => {
    const outputs = nameOutputs(['a.png', 'a.jpg', 'b.gif', 'C.JPEG', 'logo.svg'], 'jpeg');
    expect(Object.fromEntries(outputs)).toEqual({
      'a.jpg': 'a.jpg',
      'a.png': 'a.png.jpg',
      'b.gif': 'b.jpg',
      'C.JPEG': 'C.JPEG',
      'logo.svg': 'logo.jpg',
    });
    expect(nameOutputs(['logo.svg', 'b.gif'], 'same').get('logo.svg')).toBe('logo.png');
  });
});

describe('single files from several folders', () => {
  const path = fc
    .tuple(fc.constantFrom('/p', '/q', '/q/r'), name)
    .map(([folder, name]) => `${folder}/${name}`);
  const paths = fc.uniqueArray(path, { maxLength: 30 });

  test('get distinct outputs in one folder, the same ones in any order', () => {
    const permuted = paths.chain((paths) =>
      fc.tuple(
        fc.constant(paths),
        fc.shuffledSubarray(paths, { minLength: paths.length, maxLength: paths.length }),
      ),
    );
    fc.assert(
      fc.property(permuted, format, ([paths, shuffled], format) => {
        const recipe = thumbnailRecipeSchema.parse({ format });
        const planned = planFiles(paths, '/out', recipe);
        expect(planned.map(({ input }) => input).sort()).toEqual([...paths].sort());
        const outputs = planned.flatMap(({ outputs }) => outputs);
        expect(new Set(outputs.map((output) => output.toLowerCase())).size).toBe(paths.length);
        for (const output of outputs) {
          expect(output.startsWith('/out/')).toBe(true);
          expect(Buffer.byteLength(output.slice('/out/'.length))).toBeLessThanOrEqual(255);
          expect(output.slice('/out/'.length)).not.toContain('/');
        }
        const byInput = (plan: typeof planned) => new Map(plan.map(({ input, outputs }) => [input, outputs]));
        expect(byInput(planFiles(shuffled, '/out', recipe))).toEqual(byInput(planned));
      }),
    );
  });
});

test.each([
  ['photo.jpg', 'read'],
  ['PHOTO.JPEG', 'read'],
  ['scan.TIFF', 'read'],
  ['x.mpo', 'read'],
  ['x.jfi', 'read'],
  ['x.svgz', 'read'],
  ['x.HEIC', 'read'],
  ['x.avci', 'unread'],
  ['x.srw', 'read'],
  ['x.exr', 'unread'],
  ['x.tga', 'unread'],
  ['notes.txt', 'other'],
  ['jpg', 'untold'],
  ['.jpg', 'untold'],
  ['constructor', 'untold'],
  ['x.constructor', 'other'],
  ['x.toString', 'other'],
])('%s tells by its extension: %s', (name, expected) => {
  expect(kindOfName(name)).toBe(expected);
});
