import type { ThumbnailRecipe } from '../../../../shared/recipe.ts';
import type { Produced, Via } from '../../../../shared/result.ts';
import type { WrittenFormat, WrittenFormats } from '../../../../shared/settings/choices.ts';

/** A thumbnail ready to be written. Dimensions in pixels. */
export interface Rendition {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly format: WrittenFormat;
  /** In which quality it is, where that was lowered. */
  readonly quality?: number;
  /**
   * Encodes the same pixels in another quality: only where the recipe bounds the bytes and the format has a quality. What
   * comes of it may be in a codec's memory, until the next call.
   */
  readonly atQuality?: (quality: number) => Uint8Array | Promise<Uint8Array>;
  /** The mean of its pixels, as 0xRRGGBB. Not of what sharp has scaled: to ask it for that takes a quarter of the time more. */
  readonly colour?: number;
}

/** The fields of a result that describe the file read and the files written: a rendering does not know them. */
type OfFiles = 'quality' | 'output' | 'outputs' | 'bytesIn' | 'bytesOut' | 'width' | 'height' | 'colour';

/** The result of an image, without the fields that describe files. */
export interface Rendering extends Omit<Produced, OfFiles> {
  /** One for each size in each format: those of the first format, in the order of the recipe's boxes, then the next. */
  readonly renditions: readonly Rendition[];
  readonly via: Via;
}

/** Adds how it is encoded once more, if that may be needed. */
export function withQualities(
  rendition: Rendition,
  { maxOutputBytes, lossless }: ThumbnailRecipe,
  atQuality: NonNullable<Rendition['atQuality']>,
): Rendition {
  if (maxOutputBytes === undefined) return rendition;
  const { format } = rendition;
  const hasQuality = format === 'jpeg' || ((format === 'webp' || format === 'avif') && !lossless);
  return hasQuality ? { ...rendition, atQuality } : rendition;
}

/** Renditions of some formats each, in the order in which the formats were asked for. */
export function inOrderOf(formats: WrittenFormats, renditions: readonly Rendition[]): readonly Rendition[] {
  return formats.flatMap((format) => renditions.filter((each) => each.format === format));
}

/** The image's bytes in memory, or its path if the file is large. */
export type Source = string | Uint8Array;
