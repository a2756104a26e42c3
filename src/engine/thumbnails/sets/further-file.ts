import { basename, extname, join } from 'node:path';

/** `gallery.html` is followed by `gallery-2.html`. */
export function furtherFile(folder: string, file: string, number: number): string {
  const extension = extname(file);
  return join(folder, `${basename(file, extension)}-${number}${extension}`);
}
