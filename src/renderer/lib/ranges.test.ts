import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countOf, hasPlace, type Ranges, rangeOf, toggled } from './ranges.ts';

it('holds a million places as one piece, from either end', () => {
  expect(rangeOf(999_999, 0)).toEqual([[0, 999_999]]);
  expect(countOf(rangeOf(0, 999_999))).toBe(1_000_000);
  expect(hasPlace(rangeOf(3, 5), 4)).toBe(true);
  expect(hasPlace(rangeOf(3, 5), 6)).toBe(false);
});

it('splits a piece where a place is taken out, and joins it again', () => {
  const without = toggled([[0, 9]], 4);
  expect(without).toEqual([
    [0, 3],
    [5, 9],
  ]);
  expect(toggled(without, 4)).toEqual([[0, 9]]);
});

it('holds the same places as a set would, in as few pieces as there can be, whatever is clicked', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 80 }), (clicks) => {
      const set = new Set<number>();
      let ranges: Ranges = [];
      for (const place of clicks) {
        if (!set.delete(place)) set.add(place);
        ranges = toggled(ranges, place);
      }
      const held = Array.from({ length: 31 }, (_, place) => place).filter((place) => hasPlace(ranges, place));
      expect(held).toEqual([...set].sort((one, other) => one - other));
      expect(countOf(ranges)).toBe(set.size);
      expect(ranges.every(([first], at) => at === 0 || first > (ranges[at - 1]?.[1] ?? 0) + 1)).toBe(true);
    }),
  );
});
