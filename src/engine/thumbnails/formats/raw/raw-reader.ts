import type { Orientation, Size } from '../../../../codecs/common/geometry.ts';
import { type FileBytes, holdsText, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import { ItemError } from '../../../../shared/failure.ts';
import type { ContainedPixels, Picture, PictureReader, Pixels, ReaderSettings } from '../picture-reader.ts';
import { profileOf } from './colours.ts';
import { area, bytesOf, type ContainedJpeg, readContainedJpegs } from './contained-jpegs.ts';
import { isCr3, walkCr3 } from './cr3-boxes.ts';
import { exifBlock } from './exif-of-raw.ts';
import { Findings, type RgbPlace } from './findings.ts';
import { walkCrw, walkMrw, walkRaf, walkX3f } from './other-containers.ts';
import { walkTiff } from './tiff-walk.ts';

/**
 * Camera raw, by the pictures that the camera has put into the file. The sensor's own samples are not developed: that is
 * a matter of taste, and of seconds.
 */
export const rawReader: PictureReader = {
  open(file, settings) {
    const found = new Findings();
    walk(file, found);
    const { jpegs, isCut } = readContainedJpegs(file, found);
    const largest = jpegs.at(-1);
    if (!largest) return pictureOfRgb(file, found, settings, isCut);
    return pictureOfJpegs(file, found, sameShape(jpegs, largest.size), largest, settings);
  },
};

function walk(file: FileBytes, found: Findings): void {
  const head = viewAt(file, 0, 16);
  if (!head) return;
  if (isCr3(head)) walkCr3(file, found);
  else if (holdsText(head, 'FUJIFILM')) walkRaf(file, found);
  else if (holdsText(head, '\0MRM')) walkMrw(file, found);
  else if (holdsText(head, 'FOVb')) walkX3f(file, found);
  else if (holdsText(head, 'HEAPCCDR', 6)) walkCrw(file, found);
  else walkTiff(file, 0, found);
}

function pictureOfJpegs(
  file: FileBytes,
  found: Findings,
  jpegs: readonly ContainedJpeg[],
  largest: ContainedJpeg,
  { name, maxPixels }: ReaderSettings,
): Picture {
  const allowed = jpegs.filter(({ size }) => area(size) <= maxPixels);
  const { size, orientation } = placed(found, largest.size);
  const pixels = (suffices: (size: Size) => boolean): Pixels => {
    const [first, ...others] = inOrder(allowed, suffices);
    if (!first) {
      const { width, height } = largest.size;
      throw noPreview(`The largest picture in ${name} has ${width}×${height} pixels, which is not enough.`);
    }
    return jpegPixels(file, first, others);
  };
  // The sensor may have more pixels than are allowed: they are not decoded.
  const told = area(size) <= maxPixels ? size : (allowed.at(-1)?.size ?? largest.size);
  return {
    size: told,
    orientation,
    profile: profileOf(largest.colours ?? found.colours),
    // Read only where it is asked for.
    get exif() {
      return exifBlock(found.told);
    },
    pixels,
    close: () => {},
  };
}

/** The damaged ones are followed by others; each is read when its turn comes. */
function jpegPixels(file: FileBytes, jpeg: ContainedJpeg, others: readonly ContainedJpeg[]): ContainedPixels {
  const [next, ...rest] = others;
  return {
    kind: 'jpeg',
    bytes: bytesOf(file, jpeg),
    ...(next && { otherwise: () => jpegPixels(file, next, rest) }),
  };
}

/**
 * First the smallest that suffices, then the larger ones. Where none is large enough, the largest, if it has at least half
 * of the width and the height that are asked for: cameras that keep no picture of full size keep one of a screen's.
 */
function inOrder(
  jpegs: readonly ContainedJpeg[],
  suffices: (size: Size) => boolean,
): readonly ContainedJpeg[] {
  const enough = jpegs.filter(({ size }) => suffices(size));
  const almost = jpegs.filter(
    ({ size }) => !suffices(size) && suffices({ width: 2 * size.width, height: 2 * size.height }),
  );
  return [...enough, ...almost.toReversed()];
}

/** How far sides may differ: cameras round them, to whole blocks too. */
const sideTolerance = 0.01;

/** Cameras put bars round small pictures, to make them 4:3: those of another shape than the largest are left out. */
function sameShape(jpegs: readonly ContainedJpeg[], { width, height }: Size): readonly ContainedJpeg[] {
  return jpegs.filter(({ size }) => {
    const expected = (size.width * height) / width;
    return Math.abs(size.height - expected) <= Math.max(1, expected * sideTolerance);
  });
}

/** Sensors have borders that no picture shows, and pictures may be cut to another shape. */
const shapeTolerance = 0.1;

/** The size of the whole picture, and how it is still to be turned. */
function placed(found: Findings, largest: Size): { size: Size; orientation: Orientation } {
  const orientation = found.orientation ?? 1;
  const told = found.size;
  if (!told || area(told) <= area(largest)) return { size: largest, orientation };
  const isLike = ({ width, height }: Size) =>
    Math.abs((width * largest.height) / (height * largest.width) - 1) <= shapeTolerance;
  if (isLike(told)) return { size: told, orientation };
  const onSide = { width: told.height, height: told.width };
  // Turned already, while the sensor's samples are not.
  if (orientation >= 5 && isLike(onSide)) return { size: onSide, orientation: 1 };
  return { size: largest, orientation };
}

/** Without any JPEG, the largest small picture without compression, as old cameras and converters write it. */
function pictureOfRgb(
  file: FileBytes,
  found: Findings,
  { name, maxPixels }: ReaderSettings,
  isCut: boolean,
): Picture {
  const [largest] = found.rgbs
    .filter(({ size }) => area(size) <= maxPixels)
    .sort((a, b) => area(b.size) - area(a.size));
  if (!largest) {
    if (isCut) throw new ItemError('TRUNCATED_IMAGE', `${name} ends before the picture in it does.`);
    throw noPreview(`${name} contains no picture beside the sensor's own samples.`);
  }
  const { size, orientation } = placed(found, largest.size);
  return {
    size: area(size) <= maxPixels ? size : largest.size,
    orientation,
    profile: profileOf(found.colours),
    get exif() {
      return exifBlock(found.told);
    },
    pixels: (suffices) => {
      const { width, height } = largest.size;
      if (!suffices({ width: 2 * width, height: 2 * height })) {
        throw noPreview(`The largest picture in ${name} has ${width}×${height} pixels, which is not enough.`);
      }
      return {
        kind: 'raster',
        isEmbedded: true,
        raster: { pixels: rgbOf(file, largest, name), channels: 3, ...largest.size },
      };
    },
    close: () => {},
  };
}

function rgbOf(file: FileBytes, { size, strips }: RgbPlace, name: string): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(area(size) * 3);
  let filled = 0;
  for (const { at, length } of strips) {
    const bytes = file.read(at, Math.min(length, pixels.length - filled));
    pixels.set(bytes, filled);
    filled += bytes.length;
  }
  if (filled < pixels.length) {
    throw new ItemError('TRUNCATED_IMAGE', `${name} ends before the picture in it does.`);
  }
  return pixels;
}

function noPreview(message: string): ItemError {
  return new ItemError('NO_PREVIEW', message);
}
