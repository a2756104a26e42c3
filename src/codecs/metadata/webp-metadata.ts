import { bytesInMemory, type FileBytes } from '../headers/file-bytes.ts';
import { firstChunk, readWebpHeader } from '../headers/webp-header.ts';
import { lettersAt, type Metadata, mostMetadataBytes, withoutExifPrefix } from './metadata.ts';

/** What the chunks of a WebP file say beside the pixels. */
export function webpMetadata(file: FileBytes): Metadata {
  const chunk = (type: string) => {
    const data = firstChunk(file, type, mostMetadataBytes);
    return data && Uint8Array.from(data);
  };
  const exif = chunk('EXIF');
  return { exif: exif && withoutExifPrefix(exif), xmp: chunk('XMP '), profile: chunk('ICCP') };
}

/** RFC 9649, 2.7.1. */
const flags = { profile: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 } as const;
const headerBytes = 12;
/** VP8X with its header. */
const extendedBytes = 18;

/** The same WebP image, which is no animation, with metadata in the order of the format. */
export function webpWith(webp: Uint8Array, { exif, xmp, profile }: Metadata): Uint8Array {
  const header = readWebpHeader(bytesInMemory(webp));
  if (!header) throw new Error('Expected a WebP file.');
  const extended = Buffer.alloc(10);
  extended[0] =
    (profile ? flags.profile : 0) |
    (header.hasAlpha ? flags.alpha : 0) |
    (exif ? flags.exif : 0) |
    (xmp ? flags.xmp : 0);
  extended.writeUIntLE(header.width - 1, 4, 3);
  extended.writeUIntLE(header.height - 1, 7, 3);
  const isExtended = lettersAt(webp, headerBytes) === 'VP8X';
  const file = Buffer.concat([
    webp.subarray(0, headerBytes),
    ...chunkParts('VP8X', extended),
    ...(profile ? chunkParts('ICCP', profile) : []),
    webp.subarray(isExtended ? headerBytes + extendedBytes : headerBytes),
    ...(exif ? chunkParts('EXIF', exif) : []),
    ...(xmp ? chunkParts('XMP ', xmp) : []),
  ]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}

function chunkParts(type: string, data: Uint8Array): Uint8Array[] {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return [head, data, Buffer.alloc(data.length % 2)];
}
