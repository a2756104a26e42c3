import type { Produced, Via } from '../../../../shared/result.ts';

/** A thumbnail ready to be written. Dimensions in pixels. */
export interface Rendition {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** The mean of its pixels, as 0xRRGGBB. Not of what sharp has scaled: to ask it for that takes a quarter of the time more. */
  readonly colour?: number;
}

/** The fields of a result that describe the file read and the files written: a rendering does not know them. */
type OfFiles = 'output' | 'outputs' | 'bytesIn' | 'bytesOut' | 'width' | 'height' | 'colour';

/** The result of an image, without the fields that describe files. */
export interface Rendering extends Omit<Produced, OfFiles> {
  /** One for each size, in the order of the recipe's boxes. */
  readonly renditions: readonly Rendition[];
  readonly via: Via;
}

/** The image's bytes in memory, or its path if the file is large. */
export type Source = string | Uint8Array;
