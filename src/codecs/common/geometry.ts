import type { Box } from '../../shared/settings/boxes.ts';
import type { Fit, Place, Position } from '../../shared/settings/choices.ts';

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
 * @param position which part of the upright image `cover` keeps, and where `contain` puts it: in the centre unless it is
 * a place, because the others depend on the pixels.
 */
export function fitToBox(
  image: Size,
  orientation: Orientation,
  box: Box,
  fit: Fit,
  position: Position = 'centre',
): Geometry {
  const turned = orientation >= 5;
  const upright = scaledSize(turned ? { width: image.height, height: image.width } : image, box, fit);
  const resized = turned ? { width: upright.height, height: upright.width } : upright;

  const canvas = canvasFor(upright, box, fit);
  const [across, down] = sides[position as Place] ?? sides.centre;
  const crop = {
    x: cutBefore(upright.width - canvas.width, across),
    y: cutBefore(upright.height - canvas.height, down),
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
    offsetX: roomBefore(canvas.width - upright.width, across),
    offsetY: roomBefore(canvas.height - upright.height, down),
    whole: resized,
    cropX: crop.x,
    cropY: crop.y,
  };
}

/** At which end of an axis a place is. */
type Side = 'start' | 'middle' | 'end';

const sides: Readonly<Record<Place, readonly [across: Side, down: Side]>> = {
  centre: ['middle', 'middle'],
  north: ['middle', 'start'],
  northeast: ['end', 'start'],
  east: ['end', 'middle'],
  southeast: ['end', 'end'],
  south: ['middle', 'end'],
  southwest: ['start', 'end'],
  west: ['start', 'middle'],
  northwest: ['start', 'start'],
};

/** What is cut off before the picture: of an odd number one pixel more than after it. */
function cutBefore(excess: number, side: Side): number {
  if (excess <= 0 || side === 'start') return 0;
  return side === 'end' ? excess : Math.floor((excess + 1) / 2);
}

/** The room before the picture: of an odd number one pixel less than after it. */
function roomBefore(room: number, side: Side): number {
  if (room <= 0 || side === 'start') return 0;
  return side === 'end' ? room : Math.floor(room / 2);
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
