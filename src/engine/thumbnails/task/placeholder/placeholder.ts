import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { colourCode } from '../../../../shared/colour-code.ts';

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

/** The task `placeholder`. What cannot be read has none. */
export async function placeholderTask(payload: unknown): Promise<readonly (Placeholder | undefined)[]> {
  const { pictures } = payload as PlaceholderPayload;
  const placeholders: (Placeholder | undefined)[] = [];
  for (const renditions of pictures) placeholders.push(await placeholderOf(renditions));
  return placeholders;
}

/** Of the smallest of the renditions, which is read soonest. */
export async function placeholderOf(renditions: readonly Rendition[]): Promise<Placeholder | undefined> {
  const pixels = ({ width = Infinity, height = 1 }: Rendition) => width * height;
  const [smallest] = renditions.toSorted((one, other) => pixels(one) - pixels(other));
  if (!smallest) return undefined;
  try {
    const { data, info } = await sharp(smallest.path)
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const hash = rgbaToThumbHash(info.width, info.height, data);
    return { thumbHash: Buffer.from(hash).toString('base64'), colour: meanColour(data) };
  } catch {
    // Somebody has removed or changed it; the set is told of it without.
    return undefined;
  }
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
