import type { Produced, Via } from '../../../shared/result.ts';

/** A thumbnail as it will be written. Dimensions in pixels. */
export interface Rendition {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What a result tells of the file that was read and of those that were written: no rendering knows that. */
type OfFiles = 'output' | 'outputs' | 'bytesIn' | 'bytesOut' | 'width' | 'height';

/** What became of an image, with all that its result tells. */
export interface Rendering extends Omit<Produced, OfFiles> {
  /** One a size, in the order of the recipe's boxes. */
  readonly renditions: readonly Rendition[];
  readonly via: Via;
}

/** The image's bytes in memory, or its path where the file is large. */
export type Source = string | Uint8Array;
