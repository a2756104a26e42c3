import type { Via } from '../../../shared/result.ts';

/** A thumbnail ready to be written. Dimensions in pixels. */
export interface Rendition {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The result of an image: one rendition for each size, in the order of the recipe's boxes. */
export interface Rendering {
  readonly renditions: readonly Rendition[];
  readonly via: Via;
  readonly warning?: string;
}

/** The image's bytes in memory, or its path if the file is large. */
export type Source = string | Uint8Array;
