import type { ColourChoice } from '../../shared/settings/choices.ts';
import { type Path, whyNotConverted } from '../jpeg/choose-path.ts';
import type { ImageHeader, PngHeader } from './png-header.ts';

/** Inflated, all scanlines lie in memory at once, beside the compressed data. sharp reads them piece by piece. */
const maxInflatedBytes = 32 * 1024 * 1024;

/**
 * Decides who decodes a PNG file: the kernel for what it can do exactly, sharp for everything else. Damaged
 * files go to sharp, too: it names the fault or, on request, reads as far as it can. `header` is `undefined` if the
 * file is no PNG.
 * @param colour what becomes of the colours: the kernel converts none.
 */
export function choosePngPath(header: PngHeader | undefined, colour: ColourChoice = 'srgb'): Path {
  if (!header) return sharp('it is not a PNG file');
  const reason = header.image ? whyNot(header, header.image, colour) : 'its header is damaged';
  return reason === undefined ? { via: 'kernel' } : sharp(reason);
}

function sharp(reason: string): Path {
  return { via: 'sharp', reason };
}

function whyNot(header: PngHeader, image: ImageHeader, colour: ColourChoice): string | undefined {
  if (header.fault !== undefined) return header.fault;
  if (image.interlaceMethod !== 0) return 'it is interlaced';
  if (header.colour.by === 'chunks' && colour === 'srgb') return 'its chunks tell colours other than sRGB';
  const unconverted = whyNotConverted(
    header.colour.by === 'profile' ? header.colour.profile : 'none',
    colour,
  );
  if (unconverted !== undefined) return unconverted;
  if (inflatedLength(image) > maxInflatedBytes) return 'it is too large to be inflated at once';
  if (image.colourType === 'indexed' && !isPalette(header.palette)) return 'its palette is damaged';
  return header.transparency && whyNotTransparent(header.transparency, header, image);
}

/** 11.2.2. */
function isPalette(palette: Uint8Array | undefined): boolean {
  return palette !== undefined && palette.length > 0 && palette.length % 3 === 0 && palette.length <= 768;
}

/** 11.3.1.1. */
function whyNotTransparent(
  transparency: Uint8Array,
  { palette }: PngHeader,
  { colourType, bitDepth }: ImageHeader,
): string | undefined {
  const entries = (palette?.length ?? 0) / 3;
  switch (colourType) {
    case 'indexed':
      return transparency.length > 0 && transparency.length <= entries
        ? undefined
        : 'its transparency is damaged';
    case 'greyscale':
    case 'truecolour':
      if (bitDepth === 16) return 'it has a transparent colour of 16 bits';
      return transparency.length === (colourType === 'greyscale' ? 2 : 6)
        ? undefined
        : 'its transparency is damaged';
    case 'greyscale-alpha':
    case 'truecolour-alpha':
      return 'it has both an alpha channel and a transparent colour';
  }
}

/** The number of samples of a pixel (6.1). */
const samples = {
  greyscale: 1,
  truecolour: 3,
  indexed: 1,
  'greyscale-alpha': 2,
  'truecolour-alpha': 4,
} as const;

/** The length of all scanlines with their filter types, in bytes (7.2). */
export function inflatedLength({ width, height, bitDepth, colourType }: ImageHeader): number {
  return height * (1 + Math.ceil((width * bitDepth * samples[colourType]) / 8));
}
