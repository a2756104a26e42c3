import { closeSync, readFileSync, readSync } from 'node:fs';
import ExifReader from 'exifreader';
import { fitToBox } from '../../../codecs/common/geometry.ts';
import { type JpegHeader, readJpegHeader } from '../../../codecs/jpeg/jpeg-header.ts';
import { unreadableJpeg } from '../../../codecs/jpeg/unreadable-jpeg.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import { openInput } from '../../files/open-input.ts';
import { stampOf } from '../../files/stamp.ts';

/** A smaller JPEG that a camera has embedded in its file. */
export interface EmbeddedPreview {
  readonly bytes: Uint8Array;
  /** The image's orientation: the preview has the same. */
  readonly orientation: JpegHeader['orientation'];
  /** The size in bytes of the file that contains it. */
  readonly size: number;
  readonly stamp: string;
}

/**
 * EXIF fits into one segment of 64 KiB near the start (T.81 B.1.1.4), whatever else a camera writes before the image.
 */
const headSize = 128 * 1024;
/** Previews further back in the file are looked for only in files up to this size, in bytes. */
const maxWholeBytes = 64 * 1024 * 1024;
/**
 * How far the preview's aspect ratio may differ from the image's: cameras pad thumbnails of other shapes with black.
 */
const aspectTolerance = 0.01;

/**
 * The smallest preview in a JPEG file that is large enough for the recipe and has the image's shape: EXIF's thumbnail
 * (EXIF 2.3, 4.5.8), found in the file's head, otherwise one of the images of the Multi-Picture Format (CIPA DC-007),
 * for which the whole file is read. `undefined` if there is none or anything is invalid: the image itself is used then.
 * @throws ItemError if it is not a file or cannot be read.
 */
export function findPreview(path: string, recipe: ThumbnailRecipe): EmbeddedPreview | undefined {
  const { file, stat } = openInput(path);
  try {
    const head = Buffer.allocUnsafe(Math.min(stat.size, headSize));
    const read = readSync(file, head, 0, head.length, 0);
    const header = readJpegHeader(head.subarray(0, read));
    // An image that cannot be read fails, whatever its preview shows.
    if (!header?.frame || unreadableJpeg(header) !== undefined) return undefined;
    const wanted = { header, recipe };
    const bytes =
      fitting(exifThumbnail(head), wanted) ??
      (hasPictures(head) && stat.size <= maxWholeBytes
        ? fitting(otherPictures(readFileSync(file)), wanted)
        : undefined);
    return bytes && { bytes, orientation: header.orientation, size: stat.size, stamp: stampOf(stat) };
  } finally {
    closeSync(file);
  }
}

function exifThumbnail(head: Buffer): Uint8Array[] {
  const image = orNothing(() => ExifReader.load(head, { includeTags: { thumbnail: true } }).Thumbnail?.image);
  return image ? [bytesOf(image)] : [];
}

/** Whether an APP2 segment announces further pictures. */
function hasPictures(head: Buffer): boolean {
  return head.includes('MPF\0', 0, 'latin1');
}

/**
 * MP types of large thumbnails, for VGA and for full HD monitors: CIPA DC-007, 5.2.3.3, table 4. All other types are not
 * the same picture: gain and depth maps, the other eye, another angle, another exposure.
 */
const monitorTypes: ReadonlySet<number> = new Set([0x01_0001, 0x01_0002]);

function otherPictures(whole: Buffer): Uint8Array[] {
  const pictures = orNothing(() => ExifReader.load(whole, { includeTags: { mpf: true } }).Images) ?? [];
  return pictures.flatMap(({ image, ImageType }) =>
    image && monitorTypes.has(ImageType.value) ? [bytesOf(image)] : [],
  );
}

function bytesOf(image: ArrayBufferLike | Uint8Array): Uint8Array {
  return image instanceof Uint8Array ? image : new Uint8Array(image);
}

/** Returns undefined if metadata cannot be read: that must not prevent the thumbnail. */
function orNothing<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

interface Wanted {
  readonly header: JpegHeader;
  readonly recipe: ThumbnailRecipe;
}

function fitting(previews: readonly Uint8Array[], { header, recipe }: Wanted): Uint8Array | undefined {
  const image = header.frame;
  if (!image) return undefined;
  const large = previews
    .map((bytes) => ({ bytes, own: readJpegHeader(bytes) }))
    .map(({ bytes, own }) => ({ bytes, own, frame: own?.frame }))
    .filter(({ own, frame }) => {
      if (!own || !frame || frame.width === 0 || frame.height === 0 || frame.width >= image.width)
        return false;
      if (!hasColoursOf(own, header)) return false;
      const shapes = (frame.width * image.height) / (frame.height * image.width);
      if (Math.abs(shapes - 1) > aspectTolerance) return false;
      return boxesOf(recipe).every((box) => {
        const drawn = fitToBox(image, header.orientation, box, recipe.fit);
        // The region of the image that is drawn, in the preview's own pixels.
        const scale = frame.width / image.width;
        return drawn.spanX * scale >= drawn.width && drawn.spanY * scale >= drawn.height;
      });
    });
  large.sort((a, b) => (a.frame?.width ?? 0) - (b.frame?.width ?? 0));
  return large[0]?.bytes;
}

/**
 * Whether a preview's pixels mean what the image's do. Cameras give their previews no profile of their own, although the
 * pixels are in the colour space of the image; a grey preview of a colour image is a map of something else.
 */
function hasColoursOf(preview: JpegHeader, image: JpegHeader): boolean {
  if (preview.frame?.components.length !== image.frame?.components.length) return false;
  return image.profile !== 'other' || preview.profile === 'other';
}
