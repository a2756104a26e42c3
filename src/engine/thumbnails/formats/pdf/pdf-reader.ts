import type { Size } from '../../../../codecs/common/geometry.ts';
import { ItemError } from '../../../../shared/failure.ts';
import { damaged } from '../faults.ts';
import type { PictureReader } from '../picture-reader.ts';
import { PdfPage } from './pdf-page.ts';
import { withPdfium } from './pdfium.ts';

/** A page has as many pixels as if it were scanned with 300 to an inch: a print's resolution. */
const pixelsPerPoint = 300 / 72;
/** How much larger than needed a page is drawn, in one direction: text that is scaled down is smoother than small text. */
const reserve = 2;

/** The first page of a PDF, by PDFium. */
export const pdfReader: PictureReader = {
  async open(file, { name, maxPixels }) {
    const page = await guarded(name, () => withPdfium(name, (pdfium) => new PdfPage(pdfium, file, name)));
    const size = sizeInPixels(page.size, maxPixels);
    if (!size) {
      page.close();
      throw damaged(name, 'its first page has no size');
    }
    return {
      size,
      orientation: 1,
      pixels: (suffices) =>
        guarded(name, () =>
          withPdfium(name, () => ({ kind: 'raster', raster: page.drawn(sizeFor(size, suffices), name) })),
        ),
      close: () => page.close(),
    };
  },
};

/** A page that is as large as a wall has fewer pixels to an inch. */
function sizeInPixels({ width, height }: Size, maxPixels: number): Size | undefined {
  if (!(width > 0 && height > 0 && Number.isFinite(width * height))) return undefined;
  const most = Math.sqrt((0.99 * maxPixels) / (width * height));
  const scale = Math.min(pixelsPerPoint, most);
  const side = (points: number) => Math.max(1, Math.round(points * scale));
  const size = { width: side(width), height: side(height) };
  // A page that is a mere line.
  return size.width * size.height <= maxPixels ? size : undefined;
}

/** The smallest size that suffices, with a reserve. */
function sizeFor(whole: Size, suffices: (size: Size) => boolean): Size {
  const scaled = (by: number): Size => ({
    width: Math.max(1, Math.round(whole.width * by)),
    height: Math.max(1, Math.round(whole.height * by)),
  });
  let enough = 1;
  for (let by = 1; by > 1 / 512 && suffices(scaled(by)); by *= 0.9) enough = by;
  return scaled(Math.min(1, reserve * enough));
}

/** Whatever else is thrown, PDFium has stumbled over the document. */
async function guarded<Value>(name: string, use: () => Promise<Value>): Promise<Value> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof ItemError) throw error;
    throw damaged(name, 'PDFium cannot draw it', error);
  }
}
