import { expect, test } from 'vitest';
import { entryOf, setOf } from '../../../../../test/sets.ts';
import { layoutOf, paper, sheetLayout } from './sheet-layout.ts';

const columnsFor = async (width: number, height: number) =>
  (await layoutOf(setOf('/', [entryOf('a.jpg', ['image/jpeg'], [[width, height]])]))).columns;

test('small thumbnails get many small cells, large ones few', async () => {
  expect(await columnsFor(75, 50)).toBe(8);
  expect(await columnsFor(160, 120)).toBe(6);
  expect(await columnsFor(800, 1200)).toBe(4);
  expect((await layoutOf(setOf('/', []))).columns).toBe(8);
});

test.each([4, 5, 6, 7, 8])(
  'the cells of %i columns are on the paper, with room for a caption below each',
  (columns) => {
    const { cells, rows } = sheetLayout(columns);
    expect(cells).toHaveLength(rows * columns);
    for (const [at, { x, y, width, height }] of cells.entries()) {
      expect(x).toBeGreaterThanOrEqual(28);
      expect(x + width).toBeLessThanOrEqual(paper.width - 28 + 1e-6);
      expect(y + height + 12).toBeLessThanOrEqual(paper.height - 28 + 1e-6);
      const below = cells[at + columns];
      if (below) expect(below.y - y - height).toBeGreaterThan(15);
    }
  },
);
