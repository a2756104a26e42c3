import sharp, { type SharpOptions } from 'sharp';

/** How sharp is to be told of an image that is to become Display P3, so that none of its colours are lost before. */
export interface DisplayP3 {
  /** Straight from the profile: otherwise sharp makes sRGB first, which has fewer colours. */
  readonly ignoreIcc: boolean;
  /** Only after it was decoded to eight bits: sharp takes other samples without a profile for Display P3 already. */
  readonly late: boolean;
}

export async function displayP3(source: string | Uint8Array, options: SharpOptions): Promise<DisplayP3> {
  const { space, hasProfile } = await sharp(source, options).metadata();
  const isRgb = space === 'srgb' || space === 'rgb16';
  return { ignoreIcc: hasProfile && isRgb, late: !hasProfile && space !== 'srgb' };
}
