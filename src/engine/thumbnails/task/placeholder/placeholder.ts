import { readFileSync } from 'node:fs';
import { rgbaToThumbHash } from 'thumbhash';
import type { Raster } from '../../../../codecs/common/raster.ts';
import { colourCode } from '../../../../shared/colour-code.ts';
import type { ThumbnailRecipe } from '../../../../shared/recipe.ts';
import type { Setting } from '../../../../shared/settings/setting.ts';
import { thumbnailSettings } from '../../../../shared/settings/thumbnail-settings.ts';

/** What is shown of a picture while it loads. */
export interface Placeholder {
  /** In base64. */
  readonly thumbHash: string;
  /** Its mean colour, as CSS writes it. */
  readonly colour: string;
}

type Rendition = {
  readonly path: string;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
};

/** Pictures that are there, each by its renditions. */
export interface PlaceholderPayload {
  readonly pictures: readonly (readonly Rendition[])[];
}

/** The longer side of what the hash is made of, in pixels: it describes waves of which seven go into the picture. */
const side = 48;

/** The codec of JPEG, which a thread has once. */
export interface JpegReader {
  holdBytes(bytes: Uint8Array): boolean;
  rasters(
    name: string,
    recipe: ThumbnailRecipe,
    formats: ['png'],
  ): { readonly rasters: readonly Raster[] } | undefined;
}

/** The task `placeholder`. What cannot be read has none. */
export function placeholderTaskWith(jpeg: JpegReader) {
  return async (payload: unknown): Promise<readonly (Placeholder | undefined)[]> => {
    const { pictures } = payload as PlaceholderPayload;
    const placeholders: (Placeholder | undefined)[] = [];
    for (const renditions of pictures) placeholders.push(await placeholderOf(renditions, jpeg));
    return placeholders;
  };
}

/** Of the smallest of the renditions, which is read soonest; of two of one size, of the JPEG. */
export async function placeholderOf(
  renditions: readonly Rendition[],
  jpeg: JpegReader,
): Promise<Placeholder | undefined> {
  const pixels = ({ width = Infinity, height = 1 }: Rendition) => width * height;
  const [smallest] = renditions.toSorted(
    (one, other) => pixels(one) - pixels(other) || Number(isJpeg(other.path)) - Number(isJpeg(one.path)),
  );
  if (!smallest) return undefined;
  try {
    const { data, width, height } = jpegPixels(smallest.path, jpeg) ?? (await otherPixels(smallest.path));
    const hash = rgbaToThumbHash(width, height, data);
    return { thumbHash: Buffer.from(hash).toString('base64'), colour: meanColour(data) };
  } catch {
    // Somebody has removed or changed it; the set is told of it without.
    return undefined;
  }
}

interface Pixels {
  /** RGBA. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const isJpeg = (path: string): boolean => /\.jpe?g$/i.test(path);

const usual = Object.entries<Setting>(thumbnailSettings).map(([key, setting]) => [
  key,
  'default' in setting ? setting.default : undefined,
]);
const box = { width: side, height: side };
/** The settings for what the hash is made of. */
const recipe = { ...Object.fromEntries(usual), box } as ThumbnailRecipe;

/** By the codec of JPEG, in a fifth of the time. @returns undefined if it does not read the file. */
function jpegPixels(path: string, jpeg: JpegReader): Pixels | undefined {
  if (!isJpeg(path) || !jpeg.holdBytes(readFileSync(path))) return undefined;
  const [raster] = jpeg.rasters(path, recipe, ['png'])?.rasters ?? [];
  return raster && { ...raster, data: rgbaOf(raster) };
}

function rgbaOf({ pixels, channels, width, height }: Raster): Uint8Array {
  const data = new Uint8Array(width * height * 4).fill(255);
  const isGrey = channels <= 2;
  for (let from = 0, to = 0; to < data.length; from += channels, to += 4) {
    data[to] = pixels[from] ?? 0;
    data[to + 1] = pixels[isGrey ? from : from + 1] ?? 0;
    data[to + 2] = pixels[isGrey ? from : from + 2] ?? 0;
    if (channels % 2 === 0) data[to + 3] = pixels[from + channels - 1] ?? 0;
  }
  return data;
}

async function otherPixels(path: string): Promise<Pixels> {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(path)
    .resize({ ...box, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** What is transparent counts for nothing. */
function meanColour(rgba: Uint8Array): string {
  let [red, green, blue, weight] = [0, 0, 0, 0];
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 0;
    red += (rgba[at] ?? 0) * alpha;
    green += (rgba[at + 1] ?? 0) * alpha;
    blue += (rgba[at + 2] ?? 0) * alpha;
    weight += alpha;
  }
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((sum) => Math.round(sum / Math.max(1, weight)));
  return colourCode(r * 65_536 + g * 256 + b);
}
