import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { t, told } from '../../languages/translate.ts';
import { formatOfExtension, headBytes, sniffImage } from '../../shared/image-formats.ts';

/**
 * Why no thumbnail can be made of a file, as a sentence; `undefined` if one may be.
 * A name that tells a readable format is believed: a file that is broken is an item that fails, with its own reason.
 */
export async function whyNoImage(path: string, name: string): Promise<string | undefined> {
  const extension = extname(path).toLowerCase().slice(1);
  if (formatOfExtension(extension)?.kept) return undefined;
  const format = sniffImage(await headOf(path), extension) ?? formatOfExtension(extension);
  if (format === undefined) return t('{{name}} is neither an image nor a list of URLs.', { name });
  if (format.kept) return undefined;
  return t('{{name}} is in a format that cannot be read ({{format}}): convert it first.', {
    name,
    format: told(format.name),
  });
}

async function headOf(path: string): Promise<Uint8Array> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0);
  return buffer.subarray(0, bytesRead);
}
