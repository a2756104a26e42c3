import type { Colour } from '../../shared/settings/css-colour.ts';
import type { Size } from './geometry.ts';
import type { Raster } from './raster.ts';

interface Corner {
  readonly left: number;
  readonly top: number;
}

/** A part of the pixels, which lies within them. */
export function regionOf(raster: Raster, { left, top, width, height }: Corner & Size): Raster {
  const { pixels, channels } = raster;
  const part = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * raster.width + left) * channels;
    part.set(pixels.subarray(from, from + width * channels), y * width * channels);
  }
  return { pixels: part, channels, width, height };
}

/** Pixels on a larger canvas of one colour. It gets colours, or an alpha channel, only where that colour needs them. */
export function padded(raster: Raster, canvas: Corner & Size, colour: Colour): Raster {
  if (canvas.width === raster.width && canvas.height === raster.height) return raster;
  const isGrey = colour.red === colour.green && colour.red === colour.blue;
  const image = withChannels(raster, !isGrey, colour.alpha < 255);
  const { pixels, channels } = image;
  const { red, green, blue, alpha } = colour;
  const samples = channels < 3 ? [red, alpha] : [red, green, blue, alpha];
  const room = new Uint8Array(canvas.width * canvas.height * channels);
  for (let at = 0; at < room.length; at += channels) {
    for (let i = 0; i < channels; i++) room[at + i] = samples[i] ?? 255;
  }
  const rowBytes = image.width * channels;
  for (let y = 0; y < image.height; y++) {
    const to = ((canvas.top + y) * canvas.width + canvas.left) * channels;
    room.set(pixels.subarray(y * rowBytes, (y + 1) * rowBytes), to);
  }
  return { pixels: room, channels, width: canvas.width, height: canvas.height };
}

/** The same pixels, with at least these channels. */
function withChannels(raster: Raster, coloured: boolean, transparent: boolean): Raster {
  const { pixels, channels } = raster;
  const hadColour = channels >= 3;
  const hadAlpha = channels % 2 === 0;
  const colours = coloured || hadColour ? 3 : 1;
  const to = colours + (transparent || hadAlpha ? 1 : 0);
  if (to === channels) return raster;
  const made = new Uint8Array(raster.width * raster.height * to);
  for (let from = 0, at = 0; at < made.length; from += channels, at += to) {
    for (let i = 0; i < colours; i++) made[at + i] = pixels[from + (hadColour ? i : 0)] ?? 0;
    if (to > colours) made[at + colours] = hadAlpha ? (pixels[from + channels - 1] ?? 0) : 255;
  }
  return { ...raster, pixels: made, channels: to as Raster['channels'] };
}

/** A colour that may let something through, before an opaque one. */
export function overlaid(above: Colour, below: Colour): Colour {
  const part = (a: number, b: number) => Math.round((a * above.alpha + b * (255 - above.alpha)) / 255);
  return {
    red: part(above.red, below.red),
    green: part(above.green, below.green),
    blue: part(above.blue, below.blue),
    alpha: 255,
  };
}

/** As 0xRRGGBB: what is transparent counts as little as it shows. */
export function meanColour({ pixels, channels }: Raster): number {
  const hasAlpha = channels % 2 === 0;
  const isGrey = channels < 3;
  let [red, green, blue, weight] = [0, 0, 0, 0];
  for (let at = 0; at < pixels.length; at += channels) {
    const alpha = hasAlpha ? (pixels[at + channels - 1] ?? 0) : 255;
    red += (pixels[at] ?? 0) * alpha;
    green += (pixels[isGrey ? at : at + 1] ?? 0) * alpha;
    blue += (pixels[isGrey ? at : at + 2] ?? 0) * alpha;
    weight += alpha;
  }
  if (weight === 0) return 0xffffff;
  return [red, green, blue].reduce((sum, part) => sum * 256 + Math.round(part / weight), 0);
}
