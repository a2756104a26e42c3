import type { Raster } from '../../../../codecs/common/raster.ts';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import type { Pixels } from '../picture-reader.ts';
import { cmykTiff } from './cmyk-tiff.ts';
import { labToRgb } from './lab.ts';
import { eachChannelRow } from './psd-channels.ts';
import { colourChannels, type PsdHeader } from './psd-header.ts';

/** The flat picture. @throws ItemError */
export function flatPicture(
  header: PsdHeader,
  file: FileBytes,
  name: string,
  profile: Uint8Array | undefined,
): Pixels {
  const { mode, size, table } = header;
  const colours = colourChannels[mode];
  const channels = mode !== 'cmyk' && header.hasAlpha ? colours + 1 : colours;
  const pixels = new Uint8Array(size.width * size.height * channels);
  eachChannelRow(header, file, name, channels, (samples, channel, y) => {
    let to = y * size.width * channels + channel;
    for (let x = 0; x < size.width; x++, to += channels) pixels[to] = samples[x] ?? 0;
  });
  if (mode === 'cmyk') return { kind: 'file', bytes: cmykTiff(pixels, size, profile) };
  if (mode === 'indexed')
    return { kind: 'raster', raster: { pixels: named(pixels, channels, table), channels: 3, ...size } };
  if (channels > colours) takeOffWhite(pixels, channels);
  if (mode === 'lab') labToRgb(pixels, channels);
  return { kind: 'raster', raster: { pixels, channels: channels as Raster['channels'], ...size } };
}

function named(indices: Uint8Array, step: number, table: Uint8Array): Uint8Array<ArrayBuffer> {
  const third = Math.floor(table.length / 3);
  const rgb = new Uint8Array((indices.length / step) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += step, to += 3) {
    const index = indices[from] ?? 0;
    for (let c = 0; c < 3; c++) rgb[to + c] = table[third * c + index] ?? 0;
  }
  return rgb;
}

/** The flat picture is stored as it looks on white: where it is half transparent, white is mixed in. */
function takeOffWhite(pixels: Uint8Array, channels: number): void {
  for (let at = 0; at < pixels.length; at += channels) {
    const alpha = pixels[at + channels - 1] ?? 255;
    if (alpha === 0 || alpha === 255) continue;
    for (let c = at; c < at + channels - 1; c++) {
      const colour = 255 - ((255 - (pixels[c] ?? 0)) * 255) / alpha;
      pixels[c] = Math.max(0, Math.round(colour));
    }
  }
}
