import { expect, test } from 'vitest';
import { planOf } from '../../../test/planned.ts';
import { thumbnailRecipeSchema } from '../../shared/recipe.ts';
import { foldedName } from './name-claims.ts';

/** The outputs of one folder's images, in their order. */
function outputsOf(names: readonly string[], tellsCase: boolean, recipe = {}) {
  const plan = planOf(thumbnailRecipeSchema.parse(recipe), tellsCase).folder({
    folder: '/in',
    below: '',
    outputFolder: '/out',
    names,
  });
  return [...plan.some(0, plan.count)].flatMap(({ outputs }) => outputs);
}

const meeting = ['IMG.JPG', 'img.jpg', 'caf\u00e9.png', 'cafe\u0301.png', 'x.png'];

test('images whose names differ by case alone keep them where the output folder tells case', () => {
  expect(outputsOf(meeting, true, { format: 'same' })).toEqual(meeting.map((name) => `/out/${name}`));
});

test.each([
  {},
  { format: 'same' },
  { format: 'webp', furtherFormats: ['jpeg'] },
  { format: 'same', furtherBoxes: [{ width: 64, height: 64 }] },
])('none is written onto another where it does not, with %j', (recipe) => {
  const outputs = outputsOf(meeting, false, recipe);
  expect(new Set(outputs.map(foldedName)).size).toBe(outputs.length);
  expect(outputsOf(meeting, false, recipe)).toEqual(outputs);
});

test('the first of them keeps its name, and so do all that meet none', () => {
  const [first, second, , , other] = outputsOf(meeting, false, { format: 'same' });
  expect([first, other]).toEqual(['/out/IMG.JPG', '/out/x.png']);
  expect(second).toMatch(/^\/out\/img-[0-9a-f]{12}\.jpg$/);
});
