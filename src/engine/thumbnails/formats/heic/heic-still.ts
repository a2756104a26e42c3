import type { Size } from '../../../../codecs/common/geometry.ts';
import { type CodedColours, codedColoursOf, iccProfileOf } from './heic-colours.ts';
import type { HeicFile } from './heic-file.ts';
import type { Decodable } from './heic-pixels.ts';
import type { Address } from './libheif.ts';

/** A picture, or a thumbnail of one, that has not been decoded. */
export interface HeicStill {
  readonly handle: Address;
  /** Of its item. */
  readonly id: number;
  /** Turned and cropped as the file says, which libheif does. */
  readonly size: Size;
  readonly isGrey: boolean;
  readonly alpha: Decodable['alpha'];
  readonly icc: Uint8Array | undefined;
  readonly coded: CodedColours | undefined;
}

/** `heif_item_property_type` of a crop, in four letters. */
const crop = 'clap';
/** `heif_colorspace`. */
const monochrome = 2;

/** What a file says of a picture. @throws LibheifError if it cannot be understood. */
export function describe(heic: HeicFile, handle: Address): HeicStill {
  const { libheif } = heic;
  const { functions } = libheif;
  const id = functions._heif_image_handle_get_item_id(handle);
  const isPremultiplied = functions._heif_image_handle_is_premultiplied_alpha(handle) !== 0;
  const hasAlpha = functions._heif_image_handle_has_alpha_channel(handle) !== 0;
  return {
    handle,
    id,
    size: {
      width: functions._heif_image_handle_get_width(handle),
      height: functions._heif_image_handle_get_height(handle),
    },
    isGrey: colourspaceOf(heic, handle) === monochrome,
    alpha: hasAlpha ? (isPremultiplied ? 'premultiplied' : 'straight') : undefined,
    icc: iccProfileOf(libheif, handle),
    coded: codedColoursOf(libheif, (error, to) =>
      functions._heif_image_handle_get_nclx_color_profile(error, handle, to),
    ),
  };
}

/** In four letters: how an item is coded, or of what it is composed. */
export function typeOfItem({ libheif, context }: HeicFile, id: number): string {
  return fourLetters(libheif.functions._heif_item_get_item_type(context, id));
}

/** Whether a part of an item is cut off. */
export function isCropped({ libheif, context }: HeicFile, id: number): boolean {
  const { functions } = libheif;
  const properties = libheif.list((to, most) =>
    functions._heif_item_get_transformation_properties(context, id, to, most),
  );
  return properties.some(
    (property) => fourLetters(functions._heif_item_get_property_type(context, id, property)) === crop,
  );
}

function fourLetters(code: number): string {
  return String.fromCharCode((code >>> 24) & 255, (code >>> 16) & 255, (code >>> 8) & 255, code & 255);
}

function colourspaceOf({ libheif }: HeicFile, handle: Address): number {
  const { functions, out } = libheif;
  libheif.attempt((error) =>
    functions._heif_image_handle_get_preferred_decoding_colorspace(error, handle, out, out + 4),
  );
  return libheif.number(out);
}
