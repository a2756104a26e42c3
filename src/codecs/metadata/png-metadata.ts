import { deflateSync, inflateSync } from 'node:zlib';
import type { FileBytes } from '../headers/file-bytes.ts';
import { chunkParts, readChunks, readChunksBeforeImage } from '../png/chunks.ts';
import { inflatedProfile } from '../png/png-colour.ts';
import { lettersAt, type Metadata, mostMetadataBytes, type Text, withoutExifPrefix } from './metadata.ts';

const xmpKeyword = 'XML:com.adobe.xmp';
/** More texts than this are no words of people. */
const mostTexts = 100;

/**
 * What the chunks of a PNG file say beside the pixels.
 * @param whole whether the file may be read to its end: many programs put texts and XMP behind the image.
 */
export function pngMetadata(file: FileBytes, whole: boolean): Metadata {
  const chunks = whole ? readChunks(file.read(0, file.length)).chunks : readChunksBeforeImage(file);
  const found = (type: string) => chunks.find((chunk) => chunk.type === type)?.data;
  const [exif, iccp] = [found('eXIf'), found('iCCP')];
  const profile = iccp && inflatedProfile(iccp);
  const texts = chunks
    .filter(({ type }) => type === 'tEXt' || type === 'zTXt' || type === 'iTXt')
    .slice(0, mostTexts)
    .flatMap(({ type, data }) => textIn(type, data) ?? []);
  const xmp = texts.find(({ keyword }) => keyword === xmpKeyword)?.text;
  return {
    exif: exif && Uint8Array.from(withoutExifPrefix(exif)),
    xmp: xmp === undefined ? undefined : Buffer.from(xmp),
    // ImageMagick writes EXIF, IPTC and more once again as texts.
    texts: texts.filter(({ keyword }) => keyword !== xmpKeyword && !/^Raw profile type/i.test(keyword)),
    profile: profile === 'too large' ? undefined : profile,
  };
}

/** The third edition, 11.3.3.2 to 11.3.3.4. @returns `undefined` if it is damaged. */
function textIn(type: string, data: Uint8Array): Text | undefined {
  const end = data.indexOf(0);
  if (end < 1 || end > 79) return undefined;
  const keyword = lettersAt(data, 0, end);
  const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
  if (type === 'tEXt') return { keyword, text: latin(data.subarray(end + 1)) };
  const isCompressed = type === 'zTXt' || data[end + 1] === 1;
  let at = end + 2;
  if (type === 'iTXt') {
    at = data.indexOf(0, end + 3) + 1;
    at = at === 0 ? 0 : data.indexOf(0, at) + 1;
    if (at === 0) return undefined;
  }
  const bytes = isCompressed ? inflated(data.subarray(at)) : data.subarray(at);
  if (!bytes) return undefined;
  return { keyword, text: type === 'zTXt' ? latin(bytes) : Buffer.from(bytes).toString('utf8') };
}

function inflated(data: Uint8Array): Uint8Array | undefined {
  try {
    return inflateSync(data, { maxOutputLength: mostMetadataBytes });
  } catch {
    return undefined;
  }
}

/** The signature and IHDR. */
const startBytes = 33;

/** The same PNG with metadata before its image data. */
export function pngWith(png: Uint8Array, { exif, xmp, texts = [], profile }: Metadata): Uint8Array {
  return Buffer.concat([
    png.subarray(0, startBytes),
    ...(profile
      ? chunkParts('iCCP', Buffer.concat([Buffer.from('ICC\0\0', 'latin1'), deflateSync(profile)]))
      : []),
    ...(exif ? chunkParts('eXIf', exif) : []),
    ...(xmp ? textParts(xmpKeyword, xmp) : []),
    ...texts.flatMap(({ keyword, text }) => textParts(keyword, Buffer.from(text))),
    png.subarray(startBytes),
  ]);
}

/** iTXt without compression, of no language. */
function textParts(keyword: string, text: Uint8Array): readonly Uint8Array[] {
  return chunkParts('iTXt', Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), text]));
}
