import type { TiffHeader } from '../../../codecs/headers/tiff-header.ts';

/**
 * The compressions of sharp's build of libtiff: none, CCITT's three and its variant of words, LZW, JPEG, Deflate by
 * either number, PackBits and WebP.
 */
const readable: ReadonlySet<number> = new Set([
  1, 2, 3, 4, 32771, 5, 7, 8, 32946, 32773, 50001, 32766, 32809,
]);

/** Those that people meet, by their numbers in tag 259. */
const names: Readonly<Record<number, string>> = {
  6: 'old-style JPEG',
  9: 'JBIG',
  10: 'JBIG',
  32909: 'PixarLog',
  33003: 'JPEG 2000',
  33005: 'JPEG 2000',
  34661: 'JBIG',
  34663: 'JBIG2',
  34676: 'SGILog',
  34677: 'SGILog',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34892: 'lossy JPEG of DNG',
  34925: 'LZMA',
  34926: 'zstd',
  50000: 'zstd',
  50002: 'JPEG XL',
};

/** Colours (tag 262) that libvips has no way to convert to RGB, or converts wrongly without a word. */
const colours: Readonly<Record<number, string>> = {
  4: 'is a transparency mask',
  8: 'has Lab colours',
  9: 'has Lab colours',
  10: 'has Lab colours',
  32803: 'has the raw colours of a camera',
  32844: 'has LogLuv colours',
  32845: 'has LogLuv colours',
  34892: 'has the raw colours of a camera',
};

const YCBCR = 6;
const JPEG = 7;

/**
 * Why a TIFF image cannot be read here, or would be decoded wrongly, in words that follow its name: "is compressed by
 * zstd". What a person would have to change comes first: the compression before colours and samples.
 */
export function unreadableTiff(header: TiffHeader): string | undefined {
  const { compression, photometric, tiled, planar, samplesPerPixel } = header;
  if (!readable.has(compression)) {
    return `is compressed by ${names[compression] ?? `method ${compression}, which is unknown here`}`;
  }
  const colour = photometric === undefined ? undefined : colours[photometric];
  if (colour !== undefined) return colour;
  if (photometric === YCBCR && compression !== JPEG)
    return 'has YCbCr colours that are not compressed by JPEG';
  if (tiled && planar && samplesPerPixel > 1) return 'has tiles with a plane for each colour';
  return whyUnreadableSamples(header);
}

function whyUnreadableSamples({
  bits,
  samplesPerPixel,
  sampleFormat,
  compression,
}: TiffHeader): string | undefined {
  const [depth = 1] = bits;
  if (bits.some((each) => each !== depth)) return `has samples of ${bits.join(', ')} bits`;
  if (sampleFormat === 5 || sampleFormat === 6) return 'has complex numbers for samples';
  if (sampleFormat === 3 && depth !== 32) return `has floating-point samples of ${depth} bits`;
  const depths = samplesPerPixel > 2 ? [8, 16, 32] : [1, 2, 4, 8, 16, 32];
  // JPEG has its own way to say it.
  return compression === JPEG || depths.includes(depth) ? undefined : `has samples of ${depth} bits`;
}
