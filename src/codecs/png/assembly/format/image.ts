/** The image's properties as in IHDR (11.2.1), and where its parts lie in memory. */
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
  /** Pixels are indices into `colours`: for indexed colour, and for greyscale where a table is the simplest way. */
  lookedUp: bool;
  /** Samples are multiplied by alpha before they are resampled. */
  premultiplied: bool;
  /** All pixels are known to be opaque: their alpha channel is carried along, and left out of thumbnails. */
  opaque: bool;
  /** The transparent colour of tRNS as 0xRRGGBB, or -1 if there is none (11.3.1.1). */
  transparentColour: i32;
  /** The channels of the resampled pixels: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  channels: i32;
  /** The length of a scanline without its filter type, in bytes (7.2). */
  rowBytes: i32;
  /** The distance from a byte to the corresponding byte of the next pixel (9.2). */
  pixelBytes: i32;
  /** The filtered scanlines, which are reconstructed in place. */
  scanlines: usize;
}

export const image: Image = changetype<Image>(memory.data(64));

/** 256 colours (R, G, B, A), looked up by the pixels of a `lookedUp` image. Written by the caller. */
export const colours: usize = memory.data(256 * 4);

/** Returns false for an image that does not exist in PNG (table 11.1), or is too large for the numbers here. */
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
  // Without a table, a transparent colour is supported only for eight-bit truecolour.
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

/** The number of samples of a pixel (6.1). */
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

/** Whether samples are resampled directly from the scanline: bytes that need not be multiplied by alpha. */
export function isDirect(): bool {
  if (image.lookedUp || image.bitDepth !== 8 || image.transparentColour >= 0) return false;
  return !image.premultiplied;
}

/** The channels of the image that thumbnails have, too. */
export function shownChannels(): i32 {
  return image.opaque ? image.channels - 1 : image.channels;
}

/** The address of scanline `y`, after its filter type. */
export function scanline(y: i32): usize {
  return image.scanlines + <usize>y * <usize>(image.rowBytes + 1) + 1;
}
