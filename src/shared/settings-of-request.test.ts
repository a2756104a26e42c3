import { expect, test } from 'vitest';
import { fetchRecipeSchema } from './recipe.ts';
import { settingsOfRequest } from './settings-of-request.ts';

const request = {
  kind: 'fetch',
  force: true,
  recipe: { ...fetchRecipeSchema.parse({}), perHost: 12, minGap: 2 },
};

test('what differs from the defaults is told by its flags', () => {
  expect(settingsOfRequest(request)).toEqual({ '--force': '', '--per-host': '12', '--min-gap': '2' });
});

test('in the window it is told by the labels of its fields', () => {
  expect(settingsOfRequest(request, 'window')).toEqual({
    'Redo what is already there': '',
    'Per host': '12',
    'Wait between requests to a host': '2',
  });
});

test('a switch that is off is told as off: by its flag, or beside its label', () => {
  const off = { kind: 'fetch', journal: false, recipe: { recheck: false } };
  expect(settingsOfRequest(off)).toEqual({ '--no-journal': '', '--no-recheck': '' });
  expect(settingsOfRequest(off, 'window')).toEqual({
    '--no-journal': '',
    'Ask whether what is there has changed': 'off',
  });
});

test('of headers their names are told, and no values', () => {
  const headers = { authorization: 'Bearer sesame', 'x-key': 'sesame' };
  expect(settingsOfRequest({ kind: 'fetch', recipe: { headers } })).toEqual({
    '--header': 'authorization, x-key',
  });
});

test('of no request there is nothing to tell', () => {
  expect(settingsOfRequest(null)).toEqual({});
});
