/** The image in numbers, as IHDR has it (11.2.1), and where its parts lie in memory. */
export const GREYSCALE: i32 = 0;
export const TRUECOLOUR: i32 = 2;
export const INDEXED: i32 = 3;
export const GREYSCALE_ALPHA: i32 = 4;
export const TRUECOLOUR_ALPHA: i32 = 6;

@unmanaged
export class Image {
  width: i32;
  height: i32;
  bitDepth: i32;
  colourType: i32;
  /** Pixels are indices into `colours`: indexed colour, and greyscale where a table is the shortest way. */
  lookedUp: bool;
  /** Samples are multiplied by alpha before they are resampled. */
  premultiplied: bool;
  /** The transparent colour of tRNS as 0xRRGGBB, -1 where there is none (11.3.1.1). */
  transparentColour: i32;
  /** Of the pixels resampled: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  channels: i32;
  /** Bytes of a scanline without its filter type (7.2). */
  rowBytes: i32;
  /** Bytes from a byte to the corresponding one of the pixel before (9.2). */
  pixelBytes: i32;
  /** The filtered scanlines; reconstructed in place. */
  scanlines: usize;
}

export const image: Image = changetype<Image>(memory.data(64));

/** 256 colours of R, G, B, A: what an index of a `lookedUp` image means. Written by the caller. */
export const colours: usize = memory.data(256 * 4);

/** False: not an image there is (table 11.1), or too large for the numbers here. */
export function describeImage(
  width: i32,
  height: i32,
  bitDepth: i32,
  colourType: i32,
  lookedUp: bool,
  transparent: bool,
): bool {
  const samples = samplesOf(colourType);
  if (samples === 0 || !allowsDepth(colourType, bitDepth)) return false;
  if (width < 1 || height < 1 || width > 1_000_000 || height > 1_000_000) return false;
  if (lookedUp && (bitDepth > 8 || samples > 1)) return false;
  if (!lookedUp && (bitDepth < 8 || colourType === INDEXED)) return false;
  // Without a table only eight-bit truecolour has its transparent colour compared.
  if (!lookedUp && transparent && (colourType !== TRUECOLOUR || bitDepth !== 8)) return false;
  const bits = samples * bitDepth;
  image.width = width;
  image.height = height;
  image.bitDepth = bitDepth;
  image.colourType = colourType;
  image.lookedUp = lookedUp;
  image.rowBytes = <i32>((<i64>width * bits + 7) >> 3);
  image.pixelBytes = max(bits >> 3, 1);
  const colourSamples = colourType === GREYSCALE || colourType === GREYSCALE_ALPHA ? 1 : 3;
  const alpha = transparent || colourType >= GREYSCALE_ALPHA;
  image.channels = colourSamples + (alpha ? 1 : 0);
  return true;
}

/** Samples a pixel (6.1). */
function samplesOf(colourType: i32): i32 {
  if (colourType === GREYSCALE || colourType === INDEXED) return 1;
  if (colourType === GREYSCALE_ALPHA) return 2;
  if (colourType === TRUECOLOUR) return 3;
  return colourType === TRUECOLOUR_ALPHA ? 4 : 0;
}

function allowsDepth(colourType: i32, bitDepth: i32): bool {
  if (bitDepth === 8) return true;
  if (bitDepth === 16) return colourType !== INDEXED;
  const few = bitDepth === 1 || bitDepth === 2 || bitDepth === 4;
  return few && (colourType === GREYSCALE || colourType === INDEXED);
}

/** Whether samples are resampled as they lie in the scanline, bytes without alpha. */
export function isDirect(): bool {
  return !image.lookedUp && image.bitDepth === 8 && (image.channels & 1) === 1;
}

/** Scanline `y`, after its filter type. */
export function scanline(y: i32): usize {
  return image.scanlines + <usize>y * <usize>(image.rowBytes + 1) + 1;
}
