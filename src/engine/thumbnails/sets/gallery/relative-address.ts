import { posix, win32 } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where a file is, for a page in `folder`, so that both can be moved together. Safe in quotes and in `srcset`. */
export function relativeAddress(folder: string, file: string, platform = process.platform): string {
  const windows = platform === 'win32';
  const { isAbsolute, relative, sep } = windows ? win32 : posix;
  const path = relative(folder, file);
  // On another drive of Windows, or another machine.
  if (isAbsolute(path))
    return pathToFileURL(file, { windows }).href.replaceAll(',', '%2C').replaceAll("'", '%27');
  return path.split(sep).map(encodedName).join('/');
}

/** A name on Windows can have halves of characters, which no address can. */
export function encodedName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll("'", '%27');
}
