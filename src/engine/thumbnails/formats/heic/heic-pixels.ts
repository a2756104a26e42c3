import type { Size } from '../../../../codecs/common/geometry.ts';
import type { Raster } from '../../../../codecs/common/raster.ts';
import { type CodedColours, codedColoursOf } from './heic-colours.ts';
import type { Address, Libheif } from './libheif.ts';
import { type Plane, type Planes, shrunk } from './planes.ts';

/** `heif_colorspace`. */
const colourspace = { YCbCr: 0, RGB: 1, monochrome: 2, asStored: 99 } as const;
/** `heif_chroma`. */
const chroma = { RGB: 10, RGBA: 11, asStored: 99 } as const;
/** `heif_channel`. */
const channel = { Y: 0, Cb: 1, Cr: 2, alpha: 6, interleaved: 10 } as const;

/** Makes libheif decode something. What it hands out is an image of its own. */
type Decode = (colours: number, chroma: number) => Address;

export interface Decodable {
  readonly decode: Decode;
  readonly alpha?: 'straight' | 'premultiplied' | undefined;
  readonly suffices: (size: Size) => boolean;
}

export interface Decoded {
  readonly raster: Raster;
  /** What the stream itself says of its colours. */
  readonly colours: CodedColours | undefined;
}

/**
 * The pixels of a picture, from the decoder's own planes: libheif would make a second picture of full size of them. Those
 * that are far too many are not made. Only what is transparent, or no YCbCr, is left to libheif.
 */
export function decodePixels(libheif: Libheif, size: Size, { decode, alpha, suffices }: Decodable): Decoded {
  if (!alpha) {
    const { width, height } = smallerSize(size, suffices);
    const made = withImage(libheif, decode(colourspace.asStored, chroma.asStored), (image) => {
      const colours = coloursOfImage(libheif, image);
      const planes = planesOf(libheif, image, colours);
      return planes && { raster: shrunk(planes, width, height), colours };
    });
    if (made) return made;
  }
  const wanted = alpha ? chroma.RGBA : chroma.RGB;
  return withImage(libheif, decode(colourspace.RGB, wanted), (image) => ({
    raster: interleaved(libheif, image, alpha),
    colours: coloursOfImage(libheif, image),
  }));
}

function withImage<Value>(libheif: Libheif, image: Address, use: (image: Address) => Value): Value {
  try {
    return use(image);
  } finally {
    libheif.functions._heif_image_release(image);
  }
}

function coloursOfImage(libheif: Libheif, image: Address): CodedColours | undefined {
  return codedColoursOf(libheif, (error, to) =>
    libheif.functions._heif_image_get_nclx_color_profile(error, image, to),
  );
}

/** A size that still has at least twice the pixels a side that suffice, or the whole. */
function smallerSize({ width, height }: Size, suffices: (size: Size) => boolean): Size {
  const reduced = (by: number): Size => ({
    width: Math.max(1, Math.round(width / by)),
    height: Math.max(1, Math.round(height / by)),
  });
  let by = 1;
  while (by < 64 && suffices(reduced(2 * (by + 1)))) by += 1;
  return reduced(by);
}

/** Red's and blue's weights by MatrixCoefficients: ITU-T H.273, table 4. */
const weightsByCode: Readonly<Record<number, Planes['weights']>> = {
  1: { red: 0.2126, blue: 0.0722 },
  4: { red: 0.3, blue: 0.11 },
  5: { red: 0.299, blue: 0.114 },
  6: { red: 0.299, blue: 0.114 },
  7: { red: 0.212, blue: 0.087 },
  9: { red: 0.2627, blue: 0.0593 },
};
/** What is meant where nothing is told: as JPEG. */
const usual = { matrix: 6, fullRange: true };
const unspecified = 2;

function planesOf(libheif: Libheif, image: Address, colours: CodedColours | undefined): Planes | undefined {
  const { functions } = libheif;
  const kind = functions._heif_image_get_colorspace(image);
  const { matrix, fullRange } = colours ?? usual;
  const weights = weightsByCode[matrix === unspecified ? usual.matrix : matrix];
  const luma = planeOf(libheif, image, channel.Y);
  if (!luma || functions._heif_image_has_channel(image, channel.alpha) !== 0) return undefined;
  if (kind === colourspace.monochrome) return { luma, weights: { red: 0, blue: 0 }, fullRange };
  const [blue, red] = [channel.Cb, channel.Cr].map((each) => planeOf(libheif, image, each));
  if (kind !== colourspace.YCbCr || !weights || !blue || !red) return undefined;
  return { luma, chroma: [blue, red], weights, fullRange };
}

function planeOf(libheif: Libheif, image: Address, of: number): Plane | undefined {
  const { functions, out } = libheif;
  if (functions._heif_image_has_channel(image, of) === 0) return undefined;
  const width = functions._heif_image_get_width(image, of);
  const height = functions._heif_image_get_height(image, of);
  const bits = functions._heif_image_get_bits_per_pixel_range(image, of);
  const at = functions._heif_image_get_plane_readonly2(image, of, out);
  const strideBytes = libheif.number(out);
  if (at === 0 || width <= 0 || height <= 0 || bits < 8 || bits > 16) return undefined;
  const { buffer } = functions.HEAPU8;
  const length = strideBytes * height;
  return bits === 8
    ? { width, height, bits, stride: strideBytes, samples: new Uint8Array(buffer, at, length) }
    : { width, height, bits, stride: strideBytes / 2, samples: new Uint16Array(buffer, at, length / 2) };
}

function interleaved(libheif: Libheif, image: Address, alpha: Decodable['alpha']): Raster {
  const { functions, out } = libheif;
  const width = functions._heif_image_get_width(image, channel.interleaved);
  const height = functions._heif_image_get_height(image, channel.interleaved);
  const at = functions._heif_image_get_plane_readonly2(image, channel.interleaved, out);
  const stride = libheif.number(out);
  if (at === 0 || width <= 0 || height <= 0) throw new Error('libheif handed out no pixels.');
  const channels = alpha ? 4 : 3;
  const rowBytes = width * channels;
  const pixels = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const from = at + y * stride;
    pixels.set(functions.HEAPU8.subarray(from, from + rowBytes), y * rowBytes);
  }
  if (alpha === 'premultiplied') divideByAlpha(pixels);
  return { pixels, channels, width, height };
}

function divideByAlpha(rgba: Uint8Array): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 0;
    if (alpha === 0 || alpha === 255) continue;
    for (let i = at; i < at + 3; i++) rgba[i] = Math.min(255, Math.round(((rgba[i] ?? 0) * 255) / alpha));
  }
}
