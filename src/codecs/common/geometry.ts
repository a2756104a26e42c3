import type { Box } from '../../shared/settings/boxes.ts';
import type { Fit } from '../../shared/settings/choices.ts';

/** EXIF's orientation: 1 is upright, 2 to 4 are flipped or upside down, 5 to 8 lie on their side. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** The numbers that describe one thumbnail of an image. Named as in the kernel's `Target`. */
export interface Geometry {
  /** The size of the drawn image along the file's own axes, before orientation. */
  readonly width: number;
  readonly height: number;
  /** The region of the file's image that is drawn, in its own pixels. */
  readonly left: number;
  readonly top: number;
  readonly spanX: number;
  readonly spanY: number;
  /** The thumbnail's size after orientation, and where the image lies in it. */
  readonly canvasWidth: number;
  readonly canvasHeight: number;
  readonly offsetX: number;
  readonly offsetY: number;
  /** The size of the whole image, along the file's own axes, of which the drawn part is cut. */
  readonly whole: Size;
  /** Where the drawn part lies in the whole image after orientation. */
  readonly cropX: number;
  readonly cropY: number;
}

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The size and the place of an image in its box: the one rule for all formats, whoever decodes, so that thumbnails of
 * one folder never differ by a pixel. Sides are rounded to the nearest whole pixel, halves up, from the size of the
 * original, and an image is never enlarged.
 * @param image the size in the file, before orientation.
 */
export function fitToBox(image: Size, orientation: Orientation, box: Box, fit: Fit): Geometry {
  const turned = orientation >= 5;
  const upright = scaledSize(turned ? { width: image.height, height: image.width } : image, box, fit);
  const resized = turned ? { width: upright.height, height: upright.width } : upright;

  const canvas = canvasFor(upright, box, fit);
  const crop = {
    x: halfUp(upright.width - canvas.width),
    y: halfUp(upright.height - canvas.height),
    width: Math.min(upright.width, canvas.width),
    height: Math.min(upright.height, canvas.height),
  };
  const along = cropAlongFile(crop, resized, orientation);
  return {
    width: along.width,
    height: along.height,
    left: (along.x / resized.width) * image.width,
    top: (along.y / resized.height) * image.height,
    spanX: (along.width / resized.width) * image.width,
    spanY: (along.height / resized.height) * image.height,
    canvasWidth: canvas.width,
    canvasHeight: canvas.height,
    offsetX: Math.max(0, Math.floor((canvas.width - upright.width) / 2)),
    offsetY: Math.max(0, Math.floor((canvas.height - upright.height) / 2)),
    whole: resized,
    cropX: crop.x,
    cropY: crop.y,
  };
}

/** The same place in a smaller form of the image, whose sides may have been rounded. */
export function placeInForm(place: Geometry, image: Size, form: Size): Geometry {
  const x = form.width / image.width;
  const y = form.height / image.height;
  return {
    ...place,
    left: place.left * x,
    top: place.top * y,
    spanX: place.spanX * x,
    spanY: place.spanY * y,
  };
}

/** The offset of the crop: an odd pixel is cut off before the picture, not after it. */
function halfUp(excess: number): number {
  return excess > 0 ? Math.floor((excess + 1) / 2) : 0;
}

function canvasFor(image: Size, box: Size, fit: Fit): Size {
  switch (fit) {
    case 'cover':
      return { width: Math.min(image.width, box.width), height: Math.min(image.height, box.height) };
    case 'contain':
      return { width: Math.max(image.width, box.width), height: Math.max(image.height, box.height) };
    case 'inside':
    case 'outside':
    case 'fill':
      return image;
  }
}

/** The size of the whole image before cropping. */
function scaledSize(image: Size, box: Size, fit: Fit): Size {
  if (fit === 'fill') {
    return { width: Math.min(image.width, box.width), height: Math.min(image.height, box.height) };
  }
  const byWidth = { of: image.width, to: box.width };
  const byHeight = { of: image.height, to: box.height };
  // Compared without division, so that no rounding error decides.
  const widthShrinksMore = byWidth.of * byHeight.to >= byHeight.of * byWidth.to;
  const mayExceedBox = fit === 'cover' || fit === 'outside';
  const { of, to } = widthShrinksMore === mayExceedBox ? byHeight : byWidth;
  if (to >= of) return image;
  return { width: rounded(image.width * to, of), height: rounded(image.height * to, of) };
}

/** The nearest whole number to a quotient of whole numbers, exactly; at least 1. */
function rounded(dividend: number, divisor: number): number {
  return Math.max(1, Math.floor((2 * dividend + divisor) / (2 * divisor)));
}

interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Converts a region of the upright image to a region of the image in the file. */
function cropAlongFile(crop: Region, file: Size, orientation: Orientation): Region {
  const turned = orientation >= 5;
  const x = turned ? crop.y : crop.x;
  const y = turned ? crop.x : crop.y;
  const width = turned ? crop.height : crop.width;
  const height = turned ? crop.width : crop.height;
  const flipsX = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const flipsY = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  return {
    x: flipsX ? file.width - x - width : x,
    y: flipsY ? file.height - y - height : y,
    width,
    height,
  };
}
