import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planFiles, planFolder, planOf } from '../../../test/planned.ts';
import { faultOfTemplate } from '../../shared/naming/name-template.ts';
import { thumbnailRecipeSchema } from '../../shared/recipe.ts';
import { safeName } from './file-name.ts';
import { foldedName } from './name-claims.ts';
import { FilesBefore } from './plan-thumbnails.ts';

const piece = fc.constantFrom(
  ...[
    '{name}',
    '{ext}',
    '{width}',
    '{height}',
    '{format}',
    '{parent}',
    '{folder}',
    '{counter}',
    '{counter:4}',
  ],
  ...[
    '{date}',
    '{date:YYYY/MM}',
    '{second}',
    '{camera}',
    '{model}',
    '{lens}',
    '/',
    '/',
    '-',
    '.',
    ' ',
    'con',
    '{{',
    'x'.repeat(40),
  ],
);
const template = fc
  .array(piece, { minLength: 1, maxLength: 8 })
  .map((pieces) => `${pieces.join('')}-{width}`)
  .filter((text) => faultOfTemplate(text) === undefined);
const stem = fc.oneof(
  fc.constantFrom(
    'a',
    'A',
    'b',
    '..',
    '.',
    'con',
    'a.png',
    'é',
    'e\u0301',
    ' ',
    'a-10',
    `${'🐟'.repeat(61)}a`,
    'x'.repeat(250),
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((text) => !/[/\0]/.test(text)),
);
const image = fc
  .tuple(stem, fc.constantFrom('.jpg', '.png', '.heic'))
  .map((parts) => parts.join(''))
  .filter((name) => Buffer.byteLength(name) <= 255 && name.isWellFormed());
const told = fc
  .oneof(
    fc.constantFrom('../../etc', '/root', 'CON', 'Canon', 'canon', '..', 'a\0b', '', 'x'.repeat(300)),
    fc.string(),
  )
  .map((text) => safeName(text) || undefined);
const facts = fc.record({
  taken: fc.constantFrom(undefined, '20260528173015', '20260528173016', '19991231235959'),
  camera: told,
  model: told,
  lens: told,
});
const below = fc.constantFrom('', 'a', 'a/b', 'A', 'a.jpg', '..x');
const folders = fc.uniqueArray(
  fc.record({
    below,
    names: fc.uniqueArray(image, { maxLength: 8 }),
    facts: fc.array(facts, { minLength: 8, maxLength: 8 }),
  }),
  { maxLength: 4, selector: (folder) => folder.below },
);
const recipe = fc
  .record({ nameTemplate: template, formats: fc.constantFrom(['same'], ['webp', 'jpeg']) })
  .map(({ nameTemplate, formats: [format, ...furtherFormats] }) =>
    thumbnailRecipeSchema.parse({
      nameTemplate,
      format,
      furtherFormats,
      box: { width: 10, height: 20 },
      furtherBoxes: [{ width: 20, height: 20 }],
    }),
  );

type Folders = typeof folders extends fc.Arbitrary<infer All> ? All : never;
type Recipe = ReturnType<typeof thumbnailRecipeSchema.parse>;

function outputsOf(given: Folders, recipe: Recipe): string[] {
  const all = planOf(recipe);
  return given.flatMap(({ below, names, facts }) => {
    const plan = all.folder({
      folder: `/in/${below}`,
      below,
      outputFolder: '/out',
      names: [...names].sort(),
    });
    return [...plan.some(0, plan.count, (at) => facts[at])].flatMap(({ outputs }) => outputs);
  });
}

describe('the names of any template for any pictures', () => {
  test('are in the output folder, distinct also without case, short enough, and the same again', () => {
    fc.assert(
      fc.property(folders, recipe, (folders, recipe) => {
        const outputs = outputsOf(folders, recipe);
        for (const output of outputs) {
          expect(output.startsWith('/out/')).toBe(true);
          for (const part of output.slice('/out/'.length).split('/')) {
            expect(part).not.toMatch(/^\.{0,2}$/);
            expect(Buffer.byteLength(part)).toBeLessThanOrEqual(255);
          }
        }
        const isSpecific = /\{(date|second|camera|model|lens)|\//.test(recipe.nameTemplate ?? '');
        const key = (output: string) => (isSpecific ? foldedName(output) : output);
        // Folders that differ by case alone are two, as they are where they come from.
        const isMirrored =
          !(recipe.nameTemplate ?? '').includes('/') || /^\{folder\}\//.test(recipe.nameTemplate ?? '');
        expect(new Set(outputs.map(isMirrored ? (output) => output : key)).size).toBe(outputs.length);
        expect(outputsOf(folders, recipe)).toEqual(outputs);
      }),
      { numRuns: 300 },
    );
  });

  test('of single files in one folder are distinct, too', () => {
    const paths = fc.uniqueArray(
      fc.tuple(fc.constantFrom('/p', '/q/p', '/q'), image).map((parts) => parts.join('/')),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(paths, recipe, (paths, recipe) => {
        const outputs = planFiles(paths, '/out', recipe).flatMap(({ outputs }) => outputs);
        expect(new Set(outputs.map(foldedName)).size).toBe(outputs.length);
        expect(planFiles(paths.toReversed(), '/out', recipe).flatMap(({ outputs }) => outputs)).toEqual(
          outputs,
        );
      }),
    );
  });
});

test('two pictures that would have one name get it in the order of the walk, the other one a hash of its path', () => {
  const recipe = thumbnailRecipeSchema.parse({ nameTemplate: '{year}/{name}' });
  const plan = planOf(recipe);
  const place = (below: string) => {
    const folder = plan.folder({ folder: `/in/${below}`, below, outputFolder: '/out', names: ['a.jpg'] });
    return [...folder.some(0, 1, () => ({ taken: '20260101000000' }))].flatMap(({ outputs }) => outputs);
  };
  expect(place('one')).toEqual(['/out/2026/a.jpg']);
  expect(place('two')[0]).toMatch(/^\/out\/2026\/a-[0-9a-f]{12}\.jpg$/);
});

test('long names that differ at their end alone stay apart where the template has no room for that end', () => {
  const recipe = thumbnailRecipeSchema.parse({ nameTemplate: '{name}-a-longer-text-around-it' });
  const names = ['a', 'b', 'c'].map((end) => `${'x'.repeat(249)}${end}.jpg`);
  const outputs = planFolder({ folder: '/in', outputFolder: '/out', names }, recipe).flatMap(
    ({ outputs }) => outputs,
  );
  expect(new Set(outputs).size).toBe(3);
});

test('pictures are counted in their own folders', () => {
  const recipe = thumbnailRecipeSchema.parse({ nameTemplate: '{parent}-{counter:3}' });
  const outputs = ['one', 'two'].flatMap((below) =>
    planFolder(
      { folder: `/in/${below}`, below, outputFolder: '/out', names: ['a.jpg', 'b.jpg'] },
      recipe,
    ).flatMap(({ outputs }) => outputs),
  );
  expect(outputs).toEqual(
    ['one/one-001', 'one/one-002', 'two/two-001', 'two/two-002'].map((name) => `/out/${name}.jpg`),
  );
});

test('single files that are planned in pieces have the names that they would have together', () => {
  const files = ['/p/a.jpg', '/p/b.jpg', '/q/a.jpg', '/q/b.jpg'];
  for (const nameTemplate of ['{name}-{counter}', '{parent}/{name}', 'all/{name}', undefined]) {
    const recipe = thumbnailRecipeSchema.parse({ nameTemplate });
    const plan = planOf(recipe);
    const before = new FilesBefore();
    const inPieces = files.flatMap((file) => [
      ...plan.files({ files: [file], outputFolder: '/out', before }).some(0, 1),
    ]);
    expect(inPieces).toEqual(planFiles(files, '/out', recipe));
  }
});
