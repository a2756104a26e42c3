import { type Address, type Libheif, LibheifError } from './libheif.ts';

/** More than that is no metadata of a picture, but an attempt to use up memory. */
const mostBytes = 32 * 1024 * 1024;

export interface HeicMetadata {
  readonly exif?: Uint8Array;
  readonly xmp?: Uint8Array;
}

/** EXIF and XMP of a picture. What cannot be read is passed over: it is not the picture. */
export function metadataOf(libheif: Libheif, handle: Address): HeicMetadata {
  const { functions } = libheif;
  const ids = libheif.list((to, most) =>
    functions._heif_image_handle_get_list_of_metadata_block_IDs(handle, 0, to, most),
  );
  let exif: Uint8Array | undefined;
  let xmp: Uint8Array | undefined;
  for (const id of ids) {
    const type = libheif.text(functions._heif_image_handle_get_metadata_type(handle, id));
    if (type === 'Exif') exif ??= tiffOf(bytesOf(libheif, handle, id));
    else if (type === 'mime' && isXmp(libheif, handle, id)) xmp ??= bytesOf(libheif, handle, id);
  }
  return { ...(exif && { exif }), ...(xmp && { xmp }) };
}

function isXmp(libheif: Libheif, handle: Address, id: number): boolean {
  const type = libheif.functions._heif_image_handle_get_metadata_content_type(handle, id);
  return libheif.text(type) === 'application/rdf+xml';
}

function bytesOf(libheif: Libheif, handle: Address, id: number): Uint8Array | undefined {
  const { functions } = libheif;
  const length = functions._heif_image_handle_get_metadata_size(handle, id);
  if (length <= 0 || length > mostBytes) return undefined;
  try {
    return libheif.copy(length, (error, to) =>
      functions._heif_image_handle_get_metadata(error, handle, id, to),
    );
  } catch (error) {
    if (error instanceof LibheifError) return undefined;
    throw error;
  }
}

/** ISO/IEC 23008-12, A.2.1: the block begins with the offset of the TIFF data behind it, past what may stand in between. */
function tiffOf(block: Uint8Array | undefined): Uint8Array | undefined {
  if (!block || block.length < 12) return undefined;
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const tiff = block.subarray(4 + view.getUint32(0));
  const order = String.fromCharCode(...tiff.subarray(0, 2));
  return order === 'II' || order === 'MM' ? tiff : undefined;
}
