import { expect, it } from 'vitest';
import { stopNearest, stopsUpTo } from './stops.ts';

it('has every small size, fewer of the large ones, and the ceiling', () => {
  const stops = stopsUpTo(128);
  expect(stops.slice(0, 16)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
  expect(stops.at(-1)).toBe(128);
  expect(stops.length).toBeLessThan(48);
});

it.each([1, 2, 4, 13, 100])('ends at a ceiling of %i, without saying it twice', (ceiling) => {
  const stops = stopsUpTo(ceiling);
  expect(stops.at(-1)).toBe(ceiling);
  expect(new Set(stops).size).toBe(stops.length);
});

it('finds the place of a size that was typed', () => {
  const stops = stopsUpTo(128);
  expect(stops[stopNearest(stops, 13)]).toBe(13);
  expect(stops[stopNearest(stops, 33)]).toBe(32);
  expect(stops[stopNearest(stops, 500)]).toBe(128);
});
