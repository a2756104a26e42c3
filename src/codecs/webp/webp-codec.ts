import loadDecoder from '@jsquash/webp/codec/dec/webp_dec.js';
import loadEncoder from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import type { Raster } from '../common/raster.ts';
import { decoderBase64 } from './decoder-binary.ts';
import { EmscriptenModule } from './emscripten-module.ts';
import { encoderBase64 } from './encoder-binary.ts';
import { encoderSettings } from './encoder-settings.ts';

interface Decoder {
  /** Pixels are RGBA. `null` if the file is damaged or not for this decoder, as animations are. */
  decode(bytes: Uint8Array): {
    readonly data: Uint8ClampedArray<ArrayBuffer>;
    readonly width: number;
    readonly height: number;
  } | null;
}

interface Encoder {
  /** `null` if it lacks memory, or the image is larger than the format allows. */
  encode(
    rgba: Uint8Array,
    width: number,
    height: number,
    settings: Omit<typeof encoderSettings, 'lossless'> & {
      readonly quality: number;
      readonly lossless: 0 | 1;
    },
  ): Uint8Array<ArrayBuffer> | null;
}

/**
 * libwebp in WebAssembly. Its results are those of sharp's libwebp, byte for byte, but no lock is shared between threads;
 * see docs/adr/0044. One per worker thread.
 */
export class WebpCodec {
  readonly #decoder = new EmscriptenModule<Decoder>(loadDecoder, decoderBase64);
  readonly #encoder = new EmscriptenModule<Encoder>(loadEncoder, encoderBase64);

  /** Decodes a whole image to RGBA. @returns `undefined` if the file is damaged or there is no memory for it. */
  async decode(bytes: Uint8Array): Promise<Raster | undefined> {
    const image = await this.#decoder.call((decoder) => decoder.decode(bytes) ?? undefined);
    if (!image) return undefined;
    const { data, width, height } = image;
    return { pixels: new Uint8Array(data.buffer, data.byteOffset, data.length), channels: 4, width, height };
  }

  /**
   * @param quality from 1 to 100; if it is lossless, how hard is tried to make it small.
   * @returns `undefined` if there is no memory for it.
   */
  async encode(
    raster: Raster,
    quality: number,
    lossless = false,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const rgba = rgbaOf(raster);
    const { width, height } = raster;
    const settings = { ...encoderSettings, quality, lossless: lossless ? 1 : 0 } as const;
    return this.#encoder.call((encoder) => encoder.encode(rgba, width, height, settings) ?? undefined);
  }
}

/** The encoder leaves an alpha channel out where all pixels are opaque. */
function rgbaOf({ pixels, channels, width, height }: Raster): Uint8Array {
  if (channels === 4) return pixels;
  const rgba = new Uint8Array(width * height * 4);
  const grey = channels < 3;
  const hasAlpha = channels === 2;
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4) {
    rgba[to] = pixels[from] ?? 0;
    rgba[to + 1] = pixels[grey ? from : from + 1] ?? 0;
    rgba[to + 2] = pixels[grey ? from : from + 2] ?? 0;
    rgba[to + 3] = hasAlpha ? (pixels[from + 1] ?? 0) : 255;
  }
  return rgba;
}
