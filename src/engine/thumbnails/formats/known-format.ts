import { extname } from 'node:path';
import { ItemError } from '../../../shared/failure.ts';
import { headBytes, type ImageFormat, readFormats, sniffImage } from '../../../shared/image-formats.ts';
import { withFileBytes } from './file-bytes.ts';

/**
 * Tells the format of an image by its content, before anything is decoded.
 * @param name the image as the person knows it: its extension helps if the content alone does not tell the format.
 * @returns `undefined` if the content is of no format that has a signature.
 * @throws ItemError `UNSUPPORTED_IMAGE` if it is one that cannot be read.
 */
export function formatOf(source: string | Uint8Array, name: string): ImageFormat | undefined {
  const extension = extname(name).slice(1).toLowerCase();
  const format = withFileBytes(source, (file) => sniffImage(file.read(0, headBytes), extension));
  if (!format || format.kept) return format;
  throw new ItemError(
    'UNSUPPORTED_IMAGE',
    `${name} is a ${format.name} image, which Shoal cannot read (${readFormats('or')} it can).`,
  );
}
