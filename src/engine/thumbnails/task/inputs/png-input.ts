import { readFileSync } from 'node:fs';
import sharp, { type SharpOptions } from 'sharp';
import { matrixProfile } from '../../../../codecs/common/matrix-profile.ts';
import { withProfile } from '../../../../codecs/png/chunks.ts';
import { type PngStart, readPngStart } from '../../../../codecs/png/png-header.ts';
import { withFileBytes } from '../../formats/with-file-bytes.ts';
import type { PreparedImage } from './prepared-image.ts';

/** Larger files keep their numbers for sRGB, in bytes: the file has to be in memory to be given a profile. */
const mostProfiledBytes = 256 * 1024 * 1024;

/**
 * A PNG with what its chunks say of its colours as a profile, because libvips knows no other way; `undefined` if it is
 * no PNG that can be read.
 */
export async function pngToDecode(
  source: string | Uint8Array,
  options: SharpOptions,
): Promise<PreparedImage | undefined> {
  const start = withFileBytes(source, readPngStart);
  if (!start?.image) return undefined;
  const { image, orientation, colour } = start;
  const prepared = { source, size: image, orientation };
  switch (colour.by) {
    case 'chunks': {
      if (withFileBytes(source, ({ length }) => length) > mostProfiledBytes) return prepared;
      const bytes = typeof source === 'string' ? readFileSync(source) : source;
      const profile = await profiled(bytes, image, colour.space, options);
      return { ...prepared, source: profile, ...(isDeep(image) && deepProfiled) };
    }
    case 'profile':
      if (isDeepGrey(image)) return { ...prepared, pipelineColourspace: 'b-w' };
      return isDeep(image) ? { ...prepared, ...deepProfiled } : prepared;
    case 'nothing':
    case 'srgb':
      return colour.overruled ? { ...prepared, options: { ignoreIcc: true } } : prepared;
  }
}

type Image = NonNullable<PngStart['image']>;
type Space = Parameters<typeof matrixProfile>[0];

async function profiled(
  png: Uint8Array,
  image: Image,
  space: Space,
  options: SharpOptions,
): Promise<Uint8Array> {
  if (isDeepGrey(image)) {
    // sharp applies no profile to greys of 16 bits: they become colours of 16 bits first, with all that they hold.
    const wide = await sharp(png, { ...options, ignoreIcc: true })
      .toColourspace('rgb16')
      .png({ compressionLevel: 1 })
      .toBuffer();
    return profiled(wide, { ...image, colourType: 'truecolour' }, space, options);
  }
  const profile = matrixProfile(space, image.colourType.startsWith('greyscale'));
  return profile ? Buffer.concat(withProfile(png, profile)) : png;
}

const deepProfiled = { deepProfiled: true } as const;

function isDeep({ bitDepth }: Image): boolean {
  return bitDepth === 16;
}

function isDeepGrey(image: Image): boolean {
  return isDeep(image) && image.colourType.startsWith('greyscale');
}
