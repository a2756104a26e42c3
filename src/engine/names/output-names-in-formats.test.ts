import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planFiles, planFolder } from '../../../test/planned.ts';
import { thumbnailRecipeSchema } from '../../shared/recipe.ts';
import { outputFormats } from '../../shared/settings/choices.ts';
import { writtenFormats } from './output-name.ts';
import { outputsOfFetched } from './plan-thumbnails.ts';

const name = fc
  .tuple(
    fc.constantFrom('a', 'A', 'b', 'a.png', 'a.jpg', 'é', 'webp', '🐟'.repeat(62)),
    fc.constantFrom('.jpg', '.jpeg', '.png', '.webp', '.gif', '.heic', '.svg', '.avif'),
  )
  .map((parts) => parts.join(''))
  .filter((name) => Buffer.byteLength(name) <= 255);
const folded = (name: string) => name.normalize('NFC').toLowerCase();
const names = fc
  .uniqueArray(name, { maxLength: 20 })
  .filter((names) => new Set(names.map(folded)).size === names.length);
const recipe = fc
  .record({
    formats: fc.uniqueArray(fc.constantFrom(...outputFormats), { minLength: 2 }),
    further: fc.constantFrom([], [{ width: 10, height: 20 }]),
  })
  .map(({ formats: [format, ...furtherFormats], further: furtherBoxes }) =>
    thumbnailRecipeSchema.parse({ format, furtherFormats, furtherBoxes }),
  );

describe('with several formats the outputs', () => {
  test('are distinct, also without case, one for each size in each format, and tell their formats', () => {
    fc.assert(
      fc.property(names, recipe, (names, recipe) => {
        const planned = [...planFolder({ folder: '/in', outputFolder: '/out', names }, recipe)];
        const outputs = planned.flatMap(({ outputs }) => outputs);
        expect(new Set(outputs.map(folded)).size).toBe(outputs.length);
        for (const { formats, outputs } of planned) {
          const sizes = 1 + recipe.furtherBoxes.length;
          expect(outputs).toHaveLength(formats.length * sizes);
          const extensions = outputs.map((output) => output.slice(output.lastIndexOf('.') + 1));
          const told = extensions.map((extension) => (/^jpe?g$/.test(extension) ? 'jpeg' : extension));
          expect(told).toEqual(formats.flatMap((format) => Array.from({ length: sizes }, () => format)));
        }
      }),
    );
  });

  test('of single files in one folder are distinct, too, in any order', () => {
    const paths = names.map((names) => names.flatMap((name) => [`/p/${name}`, `/q/${name}`]));
    fc.assert(
      fc.property(paths, recipe, (paths, recipe) => {
        const planned = planFiles(paths, '/out', recipe);
        const outputs = planned.flatMap(({ outputs }) => outputs);
        expect(new Set(outputs.map(folded)).size).toBe(outputs.length);
        expect(planFiles(paths.toReversed(), '/out', recipe)).toEqual(planned);
      }),
    );
  });

  test('of one image share what is before the extension, even where another image has one of the names', () => {
    const recipe = thumbnailRecipeSchema.parse({ format: 'webp', furtherFormats: ['jpeg'] });
    const planned = planFolder({ folder: '/in', outputFolder: '/out', names: ['a.gif', 'a.jpg'] }, recipe);
    expect([...planned].map(({ outputs }) => outputs)).toEqual([
      ['/out/a.gif.webp', '/out/a.gif.jpg'],
      ['/out/a.webp', '/out/a.jpg'],
    ]);
  });

  test('of one image keep its own name, even where the others get another', () => {
    const recipe = thumbnailRecipeSchema.parse({ format: 'webp', furtherFormats: ['jpeg'] });
    const planned = planFolder({ folder: '/in', outputFolder: '/out', names: ['x.jpg', 'x.JPG'] }, recipe);
    expect([...planned].map(({ outputs }) => outputs)).toEqual([
      ['/out/x.jpg.webp', '/out/x.jpg'],
      ['/out/x.webp', '/out/x.JPG'],
    ]);
  });

  test('of what is fetched keep the old extension inside', () => {
    const recipe = thumbnailRecipeSchema.parse({ format: 'same', furtherFormats: ['webp', 'png'] });
    expect(outputsOfFetched('a.png', recipe, '/out')).toEqual(['/out/a.png', '/out/a.png.webp']);
  });
});

test('a format that the image has already is written once', () => {
  const recipe = thumbnailRecipeSchema.parse({ format: 'jpeg', furtherFormats: ['same', 'webp'] });
  expect(writtenFormats('a.heic', recipe)).toEqual(['jpeg', 'webp']);
  expect(writtenFormats('a.gif', recipe)).toEqual(['jpeg', 'gif', 'webp']);
});
