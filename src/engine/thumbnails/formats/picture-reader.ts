import type { Orientation, Size } from '../../../codecs/common/geometry.ts';
import type { Raster } from '../../../codecs/common/raster.ts';
import type { FileBytes } from '../../../codecs/headers/file-bytes.ts';

/** What reads the pictures of a format that neither our codecs nor sharp read. One a thread, loaded by the first. */
export interface PictureReader {
  /**
   * Reads what a file says of its picture, and takes no memory for pixels.
   * @throws ItemError `TRUNCATED_IMAGE`, `CORRUPT_IMAGE`, `UNSUPPORTED_IMAGE` or a code of the format's own.
   */
  open(file: FileBytes, settings: ReaderSettings): Picture | Promise<Picture>;
}

export interface ReaderSettings {
  /** The person's name for the image, for messages. */
  readonly name: string;
  /** Pictures of more pixels are refused before they are decoded. */
  readonly maxPixels: number;
  /** Where the file is, for programs that have to open it themselves. Absent where it is in memory only. */
  readonly path?: string | undefined;
  /** Aborts when the run is cancelled: another program that works on the picture is to end then. */
  readonly signal?: AbortSignal | undefined;
}

/** A picture that has not been decoded. */
export interface Picture {
  /** As it is stored, before it is turned. */
  readonly size: Size;
  /** How `pixels` are still to be turned. */
  readonly orientation: Orientation;
  /** An ICC profile, for pixels that have none themselves. Absent: sRGB. */
  readonly profile?: Uint8Array | undefined;
  /** EXIF as TIFF data, which begins with its byte order. */
  readonly exif?: Uint8Array | undefined;
  /** XMP, as XML. */
  readonly xmp?: Uint8Array | undefined;
  /**
   * The picture, or a smaller form of it that the file contains.
   * @param suffices whether a form of this size, before it is turned, has enough pixels for all that is asked for.
   * @throws ItemError as `open`.
   */
  pixels(suffices: (size: Size) => boolean): Pixels | Promise<Pixels>;
  /** Frees what the format's library has handed out. */
  close(): void;
}

export type Pixels =
  | { readonly kind: 'raster'; readonly raster: Raster; readonly isEmbedded?: boolean }
  | ContainedPixels
  /** A whole image in a format that is read without a reader, which stands for the picture: upright, in its own colours. */
  | { readonly kind: 'file'; readonly bytes: Uint8Array };

/** A JPEG that the file contains. It is turned by `orientation` of its picture, whatever it says itself. */
export interface ContainedPixels {
  readonly kind: 'jpeg';
  readonly bytes: Uint8Array;
  /** Another one, for where this one turns out to be damaged. */
  readonly otherwise?: () => ContainedPixels;
}
