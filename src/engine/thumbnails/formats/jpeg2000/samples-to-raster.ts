import type { Size } from '../../../../codecs/common/geometry.ts';
import type { Raster } from '../../../../codecs/common/raster.ts';
import type { Codestream } from './codestream.ts';

/** Samples as the decoder hands them out: interleaved, of eight bits or sixteen. */
export interface Samples {
  readonly bytes: Uint8Array;
  readonly size: Size;
  readonly count: number;
  readonly bits: number;
  readonly isSigned: boolean;
}

/** @param isYcc whether they are brightness and two differences of colours. */
export function rasterOfSamples(
  samples: Samples,
  components: Codestream['components'],
  isYcc: boolean,
): Raster {
  const { count, size } = samples;
  const channels = count >= 3 ? 3 : 1;
  const pixels = new Uint8Array(size.width * size.height * channels);
  for (let c = 0; c < channels; c++) putChannel(samples, c, components, pixels, channels);
  if (isYcc && channels === 3) toRgb(pixels);
  return { pixels, channels, ...size };
}

function putChannel(
  { bytes, size, count, bits, isSigned }: Samples,
  channel: number,
  components: Codestream['components'],
  pixels: Uint8Array,
  channels: number,
): void {
  // The colours of a palette have no components of their own.
  const { bits: depth, isSigned: hasSign } = components[components.length === count ? channel : 0] ?? {
    bits,
    isSigned,
  };
  const bias = hasSign ? 2 ** (depth - 1) : 0;
  const scale = 255 / (2 ** depth - 1);
  const values = valuesOf(bytes, bits > 8, isSigned);
  for (let from = channel, to = channel; to < pixels.length; from += count, to += channels) {
    const value = ((values[from] ?? 0) + bias) * scale;
    pixels[to] = Math.min(255, Math.max(0, Math.round(value)));
  }
  if (values.length < size.width * size.height * count) throw new Error('Expected all samples.');
}

/** @param bytes a copy of its own, so that its numbers of 16 bits are where they may be. */
function valuesOf(bytes: Uint8Array, isWide: boolean, isSigned: boolean): ArrayLike<number> {
  const { buffer, byteOffset, length } = bytes;
  if (!isWide) return isSigned ? new Int8Array(buffer, byteOffset, length) : bytes;
  return isSigned
    ? new Int16Array(buffer, byteOffset, length / 2)
    : new Uint16Array(buffer, byteOffset, length / 2);
}

/** sYCC (IEC 61966-2-1, amendment 1), in place. */
function toRgb(pixels: Uint8Array): void {
  const clamp = (value: number) => Math.min(255, Math.max(0, Math.round(value)));
  for (let at = 0; at < pixels.length; at += 3) {
    const y = pixels[at] ?? 0;
    const cb = (pixels[at + 1] ?? 0) - 128;
    const cr = (pixels[at + 2] ?? 0) - 128;
    pixels[at] = clamp(y + 1.402 * cr);
    pixels[at + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr);
    pixels[at + 2] = clamp(y + 1.772 * cb);
  }
}
