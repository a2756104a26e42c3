import { expect, it } from 'vitest';
import { meant, nearest } from './nearest.ts';

it.each([
  ['wbe', 'web'],
  ['qualitty', 'quality'],
  ['contact-shet', 'contact-sheet'],
  ['avatr', 'avatar'],
  ['w', undefined],
  ['something', undefined],
])('the name that %s is meant to be is %s', (name, expected) => {
  expect(nearest(name, ['article', 'web', 'retina', 'avatar', 'contact-sheet', 'quality'])).toBe(expected);
});

it('says nothing where no name is near', () => {
  expect(meant('x', ['web'])).toBe('');
  expect(meant('wbe', ['web'])).toBe('; web is one');
});
