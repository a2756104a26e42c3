import { fitToBox, type Orientation, type Size } from '../../../../codecs/common/geometry.ts';
import { ItemError } from '../../../../shared/failure.ts';
import type { Box } from '../../../../shared/settings/boxes.ts';
import type { Fit, WrittenFormat, WrittenFormats } from '../../../../shared/settings/choices.ts';

/** The longest side that a format can hold, in pixels: fields of 16 bits, VP8's 14 bits, what libheif writes at most. */
const longestSides: Readonly<Partial<Record<WrittenFormat, number>>> = {
  jpeg: 65_535,
  gif: 65_535,
  webp: 16_383,
  avif: 16_384,
};

/** @throws ItemError `OUTPUT_TOO_LARGE`, before anything is decoded. */
export function assertFits(
  { canvasWidth, canvasHeight }: { readonly canvasWidth: number; readonly canvasHeight: number },
  format: WrittenFormat,
): void {
  const longest = longestSides[format] ?? Number.POSITIVE_INFINITY;
  if (Math.max(canvasWidth, canvasHeight) <= longest) return;
  throw new ItemError(
    'OUTPUT_TOO_LARGE',
    `The result would have ${canvasWidth}×${canvasHeight} pixels, more than the ${longest} a side that ${format} can hold.`,
  );
}

/** The same for the thumbnails of an image, one for each box in each format. @throws ItemError `OUTPUT_TOO_LARGE` */
export function assertAllFit(
  image: Size,
  orientation: Orientation,
  boxes: readonly Box[],
  fit: Fit,
  formats: WrittenFormats,
): void {
  for (const box of boxes) {
    const size = fitToBox(image, orientation, box, fit);
    for (const format of formats) assertFits(size, format);
  }
}
