import { largestOf } from '../gallery/cell.ts';
import type { SetOfPictures } from '../set-of-pictures.ts';

/** All lengths are in points, 72 to an inch. The paper is A4, upright. */
export const paper = { width: 595, height: 842 } as const;
export const captionSize = 7;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How the pictures of a page are arranged. */
export interface SheetLayout {
  readonly columns: number;
  readonly rows: number;
  /** Where each picture is, and above its caption. */
  readonly cells: readonly Box[];
}

const margin = 28;
const headHeight = 26;
const captionHeight = 12;
const gap = 9;
/** A picture is printed with so many of its pixels to an inch, as far as there are so many columns. */
const pixelsAnInch = 150;
const fewestColumns = 4;
const mostColumns = 8;
/** So many pictures tell how large those of the set are. */
const looksAt = 500;

/** The head of a page: the title at the left, its number at the right. */
export const head: Box = { x: margin, y: margin, width: paper.width - 2 * margin, height: headHeight };

/** Small thumbnails get small cells, as they would be blurred in large ones. */
export async function layoutOf(set: SetOfPictures): Promise<SheetLayout> {
  const sides: number[] = [];
  for await (const entry of set.entries()) {
    const { width = 0, height = 0 } = largestOf(entry) ?? {};
    sides.push(Math.max(width, height));
    if (sides.length === looksAt) break;
  }
  sides.sort((one, other) => one - other);
  const usual = sides[sides.length >> 1] ?? 0;
  const wanted = (usual * 72) / pixelsAnInch;
  const columns = Math.round((head.width + gap) / (wanted + gap));
  return sheetLayout(Math.min(mostColumns, Math.max(fewestColumns, columns)));
}

export function sheetLayout(columns: number): SheetLayout {
  const side = (head.width - (columns - 1) * gap) / columns;
  const top = margin + headHeight;
  const room = paper.height - margin - top;
  const rows = Math.floor((room + gap) / (side + captionHeight + gap));
  const step = rows === 1 ? 0 : (room - side - captionHeight) / (rows - 1);
  const cells = Array.from({ length: rows * columns }, (_none, at) => ({
    x: margin + (at % columns) * (side + gap),
    y: top + Math.floor(at / columns) * step,
    width: side,
    height: side,
  }));
  return { columns, rows, cells };
}
