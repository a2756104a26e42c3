import sharp, { type SharpOptions } from 'sharp';
import { readTiffHeader, type TiffHeader } from '../../../../codecs/headers/tiff-header.ts';
import { withFileBytes } from '../../formats/with-file-bytes.ts';
import type { PreparedImage } from './prepared-image.ts';

/**
 * A TIFF file, as its first directory tells it; `undefined` if that cannot be read.
 */
export async function tiffToDecode(
  source: string | Uint8Array,
  options: SharpOptions,
): Promise<PreparedImage | undefined> {
  const header = withFileBytes(source, readTiffHeader);
  if (!header) return undefined;
  const prepared = { source, size: header, orientation: header.orientation };
  if (isOrdinary(header)) {
    const deepColour = header.hasProfile && header.photometric === RGB && header.bits[0] === 16;
    return deepColour ? { ...prepared, deepProfiled: true } : prepared;
  }
  return { ...prepared, sampleScale: await sampleScale(source, options) };
}

/** Tag 262. */
const RGB = 2;

/** Unsigned samples of up to 16 bits. */
function isOrdinary({ bits, sampleFormat }: TiffHeader): boolean {
  return bits.every((each) => each <= 16) && sampleFormat !== 2 && sampleFormat !== 3;
}

/** The ranges that samples fill from black to white. Whole numbers have no use for the first. */
const ranges = [1, 255, 65_535, 4_294_967_295];

/**
 * A TIFF file does not say which numbers stand for black and white where its samples are no plain bytes or words: zero
 * is black here, and white the end of the first range that holds them all.
 */
async function sampleScale(source: string | Uint8Array, options: SharpOptions): Promise<number> {
  const { space, depth } = await sharp(source, options).metadata();
  // libvips knows what these are: linear light of 0 to 1, and 16 bits.
  if (space === 'scrgb' || space === 'rgb16' || space === 'grey16') return 1;
  const { channels } = await sharp(source, options).stats();
  // sharp tells them as whole numbers of 32 bits with a sign: what is beyond comes out below its own mean.
  const largest = channels.slice(0, 3).map(({ max, mean }) => (max < Math.floor(mean) ? Infinity : max));
  const most = Math.max(...largest);
  const isWhole = depth !== 'float' && depth !== 'double';
  const range = ranges.slice(isWhole ? 1 : 0).find((end) => most <= end) ?? 4_294_967_295;
  return 255 / range;
}
