import { expect, it } from 'vitest';
import { placeToOpen } from './window-place.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const second = { x: 1440, y: 0, width: 1920, height: 1080 };
const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  maximized: false,
});

it('opens where it was left', () => {
  expect(placeToOpen(at(1600, 100), [laptop, second])).toEqual({ x: 1600, y: 100, width: 1000, height: 700 });
});

it('lets the system choose the place the first time', () => {
  expect(placeToOpen({ maximized: false }, [laptop])).toEqual({ width: 1180, height: 780 });
});

it('comes back to a display that is there when its own was unplugged', () => {
  expect(placeToOpen(at(1600, 100), [laptop])).toEqual({ width: 1180, height: 780 });
});

it('does not open where nobody could take hold of it', () => {
  expect(placeToOpen(at(1400, 100), [laptop])).not.toHaveProperty('x');
  expect(placeToOpen(at(100, -600), [laptop])).not.toHaveProperty('x');
});

it('is never larger than its display nor smaller than its screens need', () => {
  expect(placeToOpen(at(0, 25, 4000, 3000), [laptop])).toMatchObject({ width: 1440, height: 875 });
  expect(placeToOpen(at(0, 25, 200, 100), [laptop])).toMatchObject({ width: 640, height: 480 });
});
