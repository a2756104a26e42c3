/** What a picture's file says beside the pixels, whatever its format. */
export interface Metadata {
  /** EXIF as TIFF data, which begins with its byte order. */
  readonly exif?: Uint8Array | undefined;
  /** XMP, as XML. */
  readonly xmp?: Uint8Array | undefined;
  /** IPTC-IIM, the records of its resource or tag. */
  readonly iptc?: Uint8Array | undefined;
  /** Words beside the picture; in JPEG those of the keyword `Comment`. */
  readonly texts?: readonly Text[] | undefined;
  /** The ICC profile of the pixels. */
  readonly profile?: Uint8Array | undefined;
  /** Whether a second picture makes the first one HDR (ISO 21496-1, or as Android has it). */
  readonly gainMap?: boolean | undefined;
}

export interface Text {
  readonly keyword: string;
  readonly text: string;
}

/** More of EXIF, XMP, IPTC or all texts, in bytes, is not kept. */
export const mostMetadataBytes = 1024 * 1024;

/** The four letters at a place, or fewer where the bytes end. */
export function lettersAt(bytes: Uint8Array, at: number, count = 4): string {
  return String.fromCharCode(...bytes.subarray(at, at + count));
}

/** EXIF without the `Exif\0\0` that JPEG puts before it and others take over. */
export function withoutExifPrefix(exif: Uint8Array): Uint8Array {
  return lettersAt(exif, 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
}
