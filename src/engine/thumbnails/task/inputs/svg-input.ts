import sharp, { type SharpOptions } from 'sharp';
import type { Size } from '../../../../codecs/common/geometry.ts';
import { withCssSize } from '../../../../codecs/headers/svg-root.ts';
import type { Box } from '../../../../shared/settings/boxes.ts';
import type { PreparedImage } from './prepared-image.ts';

/** SVG's unit is a pixel at this density. */
const onePixelEach = 72;
/** At this one a small drawing has enough pixels for its shape to be told exactly. */
const fine = 7200;
/** Below this size, in pixels, rounding to whole pixels would change the shape. */
const small = 300;
/** The longest side that sharp draws, in pixels. */
const longestDrawn = 32_767;

/** A drawing, with the size that CSS gives it if it has none of its own. No limit holds for that: it has no pixels. */
export async function svgToDecode(bytes: Uint8Array, options: SharpOptions): Promise<PreparedImage> {
  const drawing = withCssSize(bytes);
  const unlimited = { ...options, limitInputPixels: false as const };
  const { width, height } = await sharp(drawing, unlimited).metadata();
  const density = Math.max(width, height) < small ? fine : onePixelEach;
  const exact =
    density === fine ? await sharp(drawing, { ...unlimited, density }).metadata() : { width, height };
  return {
    source: drawing,
    options: { limitInputPixels: false, density },
    size: { width: exact.width, height: exact.height },
    orientation: 1,
    vector: true,
  };
}

/** A size of this shape that reaches the box on both axes, as far as sharp can draw it: so that it is never enlarged. */
export function drawnFor({ width, height }: Size, box: Box): Size {
  const times = Math.max(1, Math.ceil(Math.max(box.width / width, box.height / height)));
  const longest = Math.max(width, height);
  if (longest * times <= longestDrawn) return { width: width * times, height: height * times };
  const most = Math.max(1, Math.floor(longestDrawn / longest));
  if (longest <= longestDrawn) return { width: width * most, height: height * most };
  const scaled = (side: number) => Math.max(1, Math.round((side * longestDrawn) / longest));
  return { width: scaled(width), height: scaled(height) };
}
