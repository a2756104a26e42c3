import type { Metadata } from '../../../../codecs/metadata/metadata.ts';

/** What a picture says beside its pixels, and of which kind their colours are. */
export interface Described extends Metadata {
  /** `other`: neither red, green and blue nor greys, such as CMYK, or nobody knows. */
  readonly colours: 'rgb' | 'grey' | 'other';
}
