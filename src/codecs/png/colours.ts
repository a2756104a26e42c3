import type { ImageHeader, PngHeader } from './png-header.ts';

/** How pixels become colours, beyond the rules of the colour type. */
export interface Colours {
  /** 256 times R, G, B, A. If present, pixels are indices into it. */
  readonly table?: Uint8Array;
  /** Whether pixels can be transparent although the colour type has no alpha channel. */
  readonly transparent: boolean;
  /** The one transparent colour of a truecolour image, as 0xRRGGBB. */
  readonly transparentColour?: number;
}

/** A table is used for palettes, and for greyscale where it is simplest: few bits, or a transparent grey. */
export function coloursOf(image: ImageHeader, header: PngHeader): Colours {
  const { transparency } = header;
  const transparent = transparency !== undefined;
  if (image.colourType === 'indexed') return { table: paletteTable(header), transparent };
  if (image.colourType === 'greyscale' && image.bitDepth <= 8 && (image.bitDepth < 8 || transparent)) {
    return { table: greyTable(image.bitDepth, transparency), transparent };
  }
  if (!transparency) return { transparent };
  const [, red = 0, , green = 0, , blue = 0] = transparency;
  return { transparent, transparentColour: (red << 16) | (green << 8) | blue };
}

/** Entries without alpha are opaque (11.3.1.1); an index beyond the palette is black, as in other readers. */
function paletteTable({ palette = new Uint8Array(), transparency }: PngHeader): Uint8Array {
  const table = new Uint8Array(256 * 4);
  for (let i = 0; i < 256; i++) {
    table.set(palette.subarray(i * 3, i * 3 + 3), i * 4);
    table[i * 4 + 3] = transparency?.[i] ?? 255;
  }
  return table;
}

/** Samples of few bits are scaled to eight (13.12); one of them may be transparent. */
function greyTable(bitDepth: number, transparency: Uint8Array | undefined): Uint8Array {
  const most = (1 << bitDepth) - 1;
  const transparentGrey = transparency && (transparency[1] ?? 0) & most;
  const table = new Uint8Array(256 * 4).fill(255);
  for (let i = 0; i <= most; i++) {
    table.fill((i * 255) / most, i * 4, i * 4 + 3);
    if (i === transparentGrey) table[i * 4 + 3] = 0;
  }
  return table;
}
