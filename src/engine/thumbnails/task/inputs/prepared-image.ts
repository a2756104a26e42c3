import type { SharpOptions } from 'sharp';
import type { Orientation, Size } from '../../../../codecs/common/geometry.ts';

/** An image as sharp is to decode it. */
export interface PreparedImage {
  /** The image, or what was made of it so that sharp sees what it means; a path for large files. */
  readonly source: string | Uint8Array;
  /** Options for reading it, beside the usual ones. */
  readonly options?: SharpOptions;
  /** The size of the image itself, before orientation. */
  readonly size: Size;
  readonly orientation: Orientation;
  /** It has no pixels of its own, but is drawn at any size. */
  readonly vector?: true;
  /** The colour space that sharp works in, where the image's own would keep it from applying the profile. */
  readonly pipelineColourspace?: 'b-w';
  /** It has colours of 16 bits and a profile: sharp makes Display P3 of them, and takes that for sRGB unless told. */
  readonly deepProfiled?: true;
  /** Its samples are not those of 8 or 16 bits that encoders expect: what they are multiplied with to become 0 to 255. */
  readonly sampleScale?: number;
}
