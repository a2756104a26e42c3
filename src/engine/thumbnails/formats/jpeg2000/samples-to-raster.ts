import type { Size } from '../../../../codecs/common/geometry.ts';
import { ItemError } from '../../../../shared/failure.ts';
import { notReadHere } from '../faults.ts';
import type { Pixels } from '../picture-reader.ts';
import { cmykTiff } from '../psd/cmyk-tiff.ts';
import type { Codestream } from './codestream.ts';
import type { Jp2Boxes } from './jp2-boxes.ts';

/** Samples as the decoder hands them out: interleaved, of eight bits or sixteen. */
export interface Samples {
  readonly bytes: Uint8Array;
  readonly size: Size;
  readonly count: number;
  readonly bits: number;
  readonly isSigned: boolean;
}

/** @throws ItemError where nobody can tell which colours they are. */
export function pixelsOfSamples(
  samples: Samples,
  boxes: Pick<Jp2Boxes, 'colours' | 'opacity' | 'profile' | 'hasPalette'>,
  components: Codestream['components'],
  name: string,
): Pixels {
  const { count, size } = samples;
  const colours = colourCount(boxes, count);
  if (colours === undefined)
    throw notReadHere(name, `has ${count} components whose colours it does not tell`);
  const alpha =
    boxes.opacity !== undefined && boxes.opacity >= colours && boxes.opacity < count
      ? boxes.opacity
      : impliedAlpha(boxes, count, colours);
  const channels = alpha === undefined || colours === 4 ? colours : colours + 1;
  const pixels = new Uint8Array(size.width * size.height * channels);
  for (let c = 0; c < channels; c++) {
    const from = c < colours ? c : (alpha ?? c);
    putChannel(samples, from, components[boxes.hasPalette ? 0 : from], pixels, c, channels);
  }
  if (colours === 4) {
    for (let i = 0; i < pixels.length; i++) pixels[i] = 255 - (pixels[i] ?? 0);
    return { kind: 'file', bytes: cmykTiff(pixels, size, boxes.profile) };
  }
  if (boxes.colours === 'sycc' && colours === 3) toRgb(pixels, channels);
  if (channels < 1 || channels > 4) throw new ItemError('UNEXPECTED', `${name} has ${channels} channels.`);
  return { kind: 'raster', raster: { pixels, channels: channels as 1 | 2 | 3 | 4, ...size } };
}

function colourCount(
  { colours, profile }: Pick<Jp2Boxes, 'colours' | 'profile'>,
  count: number,
): number | undefined {
  // What the profile is of stands at its 16th byte.
  const space = profile && String.fromCharCode(...profile.subarray(16, 20));
  if ((colours === 'cmyk' || space === 'CMYK') && count >= 4) return 4;
  if (colours === 'grey' || space === 'GRAY' || count < 3) return 1;
  return count <= 4 ? 3 : undefined;
}

/** Two components, or four that are no inks, are nearly always meant so, though no box says it. */
function impliedAlpha(
  { opacity, colours }: Pick<Jp2Boxes, 'opacity' | 'colours'>,
  count: number,
  used: number,
): number | undefined {
  return opacity === undefined && colours !== 'cmyk' && count === used + 1 ? used : undefined;
}

function putChannel(
  { bytes, size, count, bits, isSigned }: Samples,
  from: number,
  component: Codestream['components'][number] | undefined,
  pixels: Uint8Array,
  to: number,
  channels: number,
): void {
  const depth = component?.bits ?? bits;
  const most = 2 ** depth - 1;
  const bias = (component?.isSigned ?? isSigned) ? 2 ** (depth - 1) : 0;
  const values =
    bits > 8
      ? ofSixteen(bytes, isSigned)
      : isSigned
        ? new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
        : bytes;
  const scale = 255 / most;
  for (let i = 0, at = from, put = to; i < size.width * size.height; i++, at += count, put += channels) {
    const value = ((values[at] ?? 0) + bias) * scale;
    pixels[put] = Math.min(255, Math.max(0, Math.round(value)));
  }
}

function ofSixteen(bytes: Uint8Array, isSigned: boolean): Int16Array | Uint16Array {
  const copy = bytes.slice();
  return isSigned ? new Int16Array(copy.buffer) : new Uint16Array(copy.buffer);
}

/** sYCC (IEC 61966-2-1, amendment 1), in place. */
function toRgb(pixels: Uint8Array, channels: number): void {
  const clamp = (value: number) => Math.min(255, Math.max(0, Math.round(value)));
  for (let at = 0; at < pixels.length; at += channels) {
    const y = pixels[at] ?? 0;
    const cb = (pixels[at + 1] ?? 0) - 128;
    const cr = (pixels[at + 2] ?? 0) - 128;
    pixels[at] = clamp(y + 1.402 * cr);
    pixels[at + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr);
    pixels[at + 2] = clamp(y + 1.772 * cb);
  }
}
