import { extname } from 'node:path';
import type { FileBytes } from '../../../codecs/headers/file-bytes.ts';
import { readTiffHeader } from '../../../codecs/headers/tiff-header.ts';
import { mostHeaderBytes, readJpegHeader } from '../../../codecs/jpeg/jpeg-header.ts';
import { unreadableJpeg } from '../../../codecs/jpeg/unreadable-jpeg.ts';
import { ItemError } from '../../../shared/failure.ts';
import { type ImageFormat, readFormats } from '../../../shared/image-formats.ts';
import { formatOfContent } from './format-of-content.ts';
import { unreadableTiff } from './unreadable-tiff.ts';
import { withFileBytes } from './with-file-bytes.ts';

/**
 * Tells the format of an image by its content, before anything is decoded.
 * @param name the image as the person knows it: its extension helps if the content alone does not tell the format.
 * @returns `undefined` if the content is of no format that has a signature.
 * @throws ItemError `UNSUPPORTED_IMAGE` if it is one that cannot be read.
 */
export function formatOf(source: string | Uint8Array, name: string): ImageFormat | undefined {
  const extension = extname(name).slice(1).toLowerCase();
  return withFileBytes(source, (file) => {
    const format = formatOfContent(file, extension);
    if (format && !format.kept) {
      throw unsupported(
        `${name} is a ${format.name} image, which Shoal cannot read (${readFormats('or')} it can).`,
      );
    }
    const reason = format && whyUnreadable(format, file);
    if (reason !== undefined) throw unsupported(`${name} ${reason}, which Shoal cannot read.`);
    return format;
  });
}

function unsupported(message: string): ItemError {
  return new ItemError('UNSUPPORTED_IMAGE', message);
}

/** Kinds of a format that no decoder here reads, or reads wrong, in words that follow the name of the file. */
function whyUnreadable({ name }: ImageFormat, file: FileBytes): string | undefined {
  if (name === 'JPEG') {
    const header = readJpegHeader(file.read(0, mostHeaderBytes));
    return header && unreadableJpeg(header);
  }
  const tiff = name === 'TIFF' ? readTiffHeader(file) : undefined;
  return tiff && unreadableTiff(tiff);
}
