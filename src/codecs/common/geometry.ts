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
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The dimensions that sharp's `resize({ width, height, fit, withoutEnlargement: true })` gives, to the pixel:
 * thumbnails of one folder must not differ by a pixel because some were made by the kernel and others by sharp.
 * @param loader the libvips loader that sharp would use: libjpeg's reduces images while it reads them.
 */
export function fitToBox(
  image: Size,
  orientation: Orientation,
  box: Box,
  fit: Fit,
  loader: 'jpeg' | 'png' = 'jpeg',
): Geometry {
  const turned = orientation >= 5;
  const target = turned ? { width: box.height, height: box.width } : box;
  const resized = resizedSize(image, target, fit, loader === 'jpeg');
  const upright = turned ? { width: resized.height, height: resized.width } : resized;

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
  };
}

/** The offset of the crop, rounded as sharp rounds it. */
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

/** The size of the whole image before cropping, along the file's axes. */
function resizedSize(image: Size, target: Size, fit: Fit, divides: boolean): Size {
  // sharp lets libjpeg divide first, drops the fraction of a pixel, and computes the rest from that size.
  const divisor = divides ? loadDivisor(shrinks(image, target, fit)) : 1;
  const loaded = {
    width: Math.max(1, Math.floor(image.width / divisor)),
    height: Math.max(1, Math.floor(image.height / divisor)),
  };
  const { x, y } = shrinks(loaded, target, fit);
  return { width: reduced(loaded.width, x), height: reduced(loaded.height, y) };
}

/** sharp passes the inverse to libvips, which inverts it again: the rounding error sometimes decides a half. */
function reduced(side: number, shrink: number): number {
  return Math.max(1, Math.floor(side / (1 / (1 / shrink)) + 0.5));
}

function shrinks(image: Size, target: Size, fit: Fit): { x: number; y: number } {
  const x = image.width / target.width;
  const y = image.height / target.height;
  // Never enlarged, and never reduced to nothing.
  const bounded = (sx: number, sy: number) => ({
    x: Math.min(Math.max(1, sx), image.width),
    y: Math.min(Math.max(1, sy), image.height),
  });
  switch (fit) {
    case 'inside':
    case 'contain':
      return bounded(Math.max(x, y), Math.max(x, y));
    case 'cover':
    case 'outside':
      return bounded(Math.min(x, y), Math.min(x, y));
    case 'fill':
      return bounded(x, y);
  }
}

function loadDivisor(shrink: { x: number; y: number }): number {
  const least = Math.min(shrink.x, shrink.y);
  const divisor = least >= 8 ? 8 : least >= 4 ? 4 : least >= 2 ? 2 : 1;
  return divisor > 1 && Math.trunc(least) === divisor ? divisor / 2 : divisor;
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
