import { expect, test } from 'vitest';
import { entryOf } from '../../../../../test/sets.ts';
import { SheetFonts } from './sheet-fonts.ts';
import { sheetLayout } from './sheet-layout.ts';
import { renditionFor, sheetPage } from './sheet-page.ts';

const fonts = new SheetFonts();
const layout = sheetLayout(4);
const page = (names: readonly string[], pages = 1) =>
  sheetPage(
    {
      title: 'Photos',
      page: 1,
      pages,
      first: 21,
      entries: names.map((name) => entryOf(name)),
      pixelsAnInch: 150,
    },
    layout,
    fonts,
  );

test('a picture stands above its name, in the middle of its cell', () => {
  const { pictures, texts } = page(['sea.jpg']);
  const [cell] = layout.cells;
  const [picture] = pictures;
  if (!cell || !picture) throw new Error('There is no picture.');
  expect(picture.width).toBeCloseTo(cell.width);
  expect(picture.height).toBeCloseTo((cell.width * 200) / 300);
  expect(picture.y + picture.height).toBeCloseTo(cell.y + cell.height);
  const caption = texts.find(({ text }) => text === 'sea.jpg');
  const middle = (caption?.x ?? 0) + fonts.widthOf('sea.jpg', caption?.size ?? 0) / 2;
  expect(middle).toBeCloseTo(cell.x + cell.width / 2);
  expect(caption?.y).toBeGreaterThan(picture.y + picture.height);
});

test('a page is numbered where it is not alone', () => {
  expect(page([]).texts.map(({ text }) => text)).toEqual(['Photos']);
  expect(page([], 3).texts.map(({ text }) => text)).toEqual(['Photos', '1 / 3']);
});

test('a picture whose name cannot be drawn has its number in the set', () => {
  expect(page(['sea.jpg', '写真.jpg']).texts.map(({ text }) => text)).toContain('22: \uFFFF.jpg');
});

test('a cell is made of the smallest rendition that has as many pixels, and of the format that is read soonest', () => {
  const entry = entryOf(
    'a.jpg',
    ['image/avif', 'image/webp', 'image/jpeg'],
    [
      [75, 50],
      [600, 400],
      [320, 213],
    ],
  );
  const chosen = (side: number) => renditionFor(entry, side)?.path.replace(/^.*[/\\]/, '');
  expect(chosen(264)).toBe('a-320.jpeg');
  expect(chosen(320)).toBe('a-320.jpeg');
  expect(chosen(60)).toBe('a-75.jpeg');
  expect(chosen(2_000)).toBe('a-600.jpeg');
});
