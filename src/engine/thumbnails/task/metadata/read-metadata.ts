import sharp from 'sharp';
import { matrixProfile } from '../../../../codecs/common/matrix-profile.ts';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { readTiffHeader } from '../../../../codecs/headers/tiff-header.ts';
import { mostHeaderBytes } from '../../../../codecs/jpeg/jpeg-header.ts';
import { withoutExifPrefix } from '../../../../codecs/metadata/metadata.ts';
import { pngMetadata } from '../../../../codecs/metadata/png-metadata.ts';
import { tiffMetadata } from '../../../../codecs/metadata/tiff-metadata.ts';
import { webpMetadata } from '../../../../codecs/metadata/webp-metadata.ts';
import { readPngStart } from '../../../../codecs/png/png-header.ts';
import { formatOf } from '../../formats/known-format.ts';
import { withFileBytes } from '../../formats/with-file-bytes.ts';
import type { Source } from '../image/rendering.ts';
import type { Described } from './described.ts';
import { describedJpeg } from './described-jpeg.ts';

/**
 * What a picture's file says beside the pixels. Drawings and GIF say nothing.
 * @returns `undefined` if its format's reader knows.
 */
export async function readMetadata(source: Source, name: string): Promise<Described | undefined> {
  const format = source.length === 0 ? undefined : formatOf(source, name);
  if (format?.reader) return undefined;
  switch (format?.name) {
    case 'JPEG':
      return withFileBytes(source, (file) => describedJpeg(file.read(0, mostJpegBytes)));
    case 'PNG':
      return withFileBytes(source, (file) => ofPng(file, typeof source !== 'string'));
    case 'WebP':
      return withFileBytes(source, (file) => ({ ...webpMetadata(file), colours: 'rgb' }));
    case 'TIFF':
      return withFileBytes(source, ofTiff);
    case 'AVIF':
      return ofAvif(source);
    default:
      return { colours: 'other' };
  }
}

/** Metadata may be larger than what decides who decodes a file: a profile alone can have 255 segments. */
const mostJpegBytes = 16 * mostHeaderBytes;

function ofPng(file: FileBytes, isInMemory: boolean): Described {
  const start = readPngStart(file);
  const { profile, ...metadata } = pngMetadata(file, isInMemory);
  if (!start?.image) return { ...metadata, colours: 'other' };
  if (start.image.colourType.startsWith('greyscale')) return { ...metadata, colours: 'grey' };
  switch (start.colour.by) {
    case 'profile':
      return { ...metadata, profile, colours: 'rgb' };
    case 'chunks':
      return { ...metadata, profile: matrixProfile(start.colour.space, false), colours: 'rgb' };
    case 'nothing':
    case 'srgb':
      return { ...metadata, colours: 'rgb' };
  }
}

/** Of tag 262, those of red, green and blue: themselves, a palette of them, and YCbCr. */
const rgbInTiff: ReadonlySet<number | undefined> = new Set([2, 3, 6]);

function ofTiff(file: FileBytes): Described {
  const photometric = readTiffHeader(file)?.photometric;
  const colours = rgbInTiff.has(photometric)
    ? 'rgb'
    : photometric === 0 || photometric === 1
      ? 'grey'
      : 'other';
  return { ...tiffMetadata(file), colours };
}

async function ofAvif(source: Source): Promise<Described> {
  const { exif, xmp, icc, space } = await sharp(source, { limitInputPixels: false }).metadata();
  const colours = space === 'b-w' || space === 'grey16' ? 'grey' : 'rgb';
  return { exif: exif && withoutExifPrefix(exif), xmp, profile: icc, colours };
}
