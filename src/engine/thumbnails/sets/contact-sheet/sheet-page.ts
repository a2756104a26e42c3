import { extname } from 'node:path';
import type { SetEntry, SetRendition } from '../set-of-pictures.ts';
import type { SheetFonts } from './sheet-fonts.ts';
import { type Box, captionSize, head, paper, type SheetLayout } from './sheet-layout.ts';

/** A line of text: where it begins, and the line that it stands on. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly isDim?: boolean;
}

/** A picture of a page, in points. */
export interface PlacedPicture extends Box {
  readonly path: string;
}

export interface SheetPage {
  readonly pictures: readonly PlacedPicture[];
  readonly texts: readonly PlacedText[];
}

export interface PageContent {
  readonly title: string;
  readonly page: number;
  readonly pages: number;
  /** The place of the first picture in the set, from 1. */
  readonly first: number;
  readonly entries: readonly SetEntry[];
  /** How many pixels an inch of the page has. */
  readonly pixelsAnInch: number;
}

const titleSize = 12;
const pageSize = 8;
/** From a picture to the line that its caption stands on. */
const captionDrop = 9;

/** What is where on a page. */
export function sheetPage(content: PageContent, layout: SheetLayout, fonts: SheetFonts): SheetPage {
  const { entries, first, pixelsAnInch } = content;
  const pictures: PlacedPicture[] = [];
  const texts = headOf(content, fonts);
  for (const [at, entry] of entries.entries()) {
    const cell = layout.cells[at];
    const rendition = cell && renditionFor(entry, (cell.width * pixelsAnInch) / 72);
    if (!cell || !rendition) continue;
    pictures.push({ ...placed(rendition, cell), path: rendition.path });
    const caption = fonts.fitted(captionOf(entry.name, first + at, fonts), cell.width, captionSize);
    texts.push({
      text: caption,
      x: cell.x + (cell.width - fonts.widthOf(caption, captionSize)) / 2,
      y: cell.y + cell.height + captionDrop,
      size: captionSize,
    });
  }
  return { pictures, texts };
}

/** Where the fonts lack a letter, the picture's number tells it apart from others. */
function captionOf(name: string, place: number, fonts: SheetFonts): string {
  const { text, isWhole } = fonts.drawable(name);
  return isWhole ? text : `${place}: ${text}`;
}

function headOf({ title, page, pages }: PageContent, fonts: SheetFonts): PlacedText[] {
  const y = head.y + titleSize;
  const place = pages > 1 ? `${page} / ${pages}` : '';
  const width = fonts.widthOf(place, pageSize);
  const shown = fonts.fitted(fonts.drawable(title).text, head.width - width - 12, titleSize);
  const texts: PlacedText[] = [{ text: shown, x: head.x, y, size: titleSize }];
  if (place) texts.push({ text: place, x: head.x + head.width - width, y, size: pageSize, isDim: true });
  return texts;
}

/** The smallest that has as many pixels as the cell, of the format that is decoded soonest; else the largest. */
export function renditionFor({ renditions }: SetEntry, side: number): SetRendition | undefined {
  const size = ({ width, height }: SetRendition) => Math.max(width, height);
  const enough = renditions.filter((one) => size(one) >= side);
  const wanted = enough.length > 0 ? Math.min(...enough.map(size)) : Math.max(...renditions.map(size));
  const [best] = renditions
    .filter((one) => size(one) === wanted)
    .toSorted((one, other) => slownessOf(one) - slownessOf(other));
  return best;
}

function slownessOf({ path }: SetRendition): number {
  return ['.jpg', '.jpeg', '.png', '.webp'].indexOf(extname(path).toLowerCase()) + 1 || 9;
}

/** As large as the cell lets it be, in the middle, and standing on the cell's lower edge, above its caption. */
function placed({ width, height }: SetRendition, cell: Box): Box {
  const scale = Math.min(cell.width / Math.max(1, width), cell.height / Math.max(1, height));
  const [w, h] = [width * scale, height * scale];
  return { x: cell.x + (cell.width - w) / 2, y: cell.y + cell.height - h, width: w, height: h };
}

/** The texts of a page as outlines, for whatever draws SVG and has no fonts. */
export function textsAsSvg(texts: readonly PlacedText[], fonts: SheetFonts, pixelsAnInch: number): string {
  const [width, height] = [paper.width, paper.height].map((side) => Math.round((side * pixelsAnInch) / 72));
  const drawn = texts.map(({ text, x, y, size, isDim }) => {
    return `<g fill="${isDim ? dim : dark}">${fonts.outlines(text, x, y, size)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${paper.width} ${paper.height}">${drawn.join('')}</svg>`;
}

export const dark = '#1b1b1b';
export const dim = '#5c5c5c';
