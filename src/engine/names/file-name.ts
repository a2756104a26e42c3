import { extname } from 'node:path';
import { parse } from 'content-disposition';
import filenamify from 'filenamify';
import { isDeviceName } from '../../shared/naming/device-names.ts';
import { fitted } from '../../shared/naming/name-length.ts';
import { withoutHidden } from '../../shared/visible-text.ts';
import { hashOfText } from '../files/hash-of-text.ts';
import { headerText } from './header-text.ts';

/** Names that need no change: ASCII letters and digits, no dot at the beginning or end, no path, short. */
const plain = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,98}[A-Za-z0-9_]$/;
/** What is longer, in characters, is cut before anything is looked for in it: a header can be a quarter of a megabyte. */
const mostCharacters = 1_000;

function shortened(text: string): string {
  const tail = tailOf(text.slice(-64));
  return text.slice(0, mostCharacters - tail.length).toWellFormed() + tail;
}

/**
 * Turns any text into one file name that is safe everywhere: no path, no control characters or direction marks, no
 * device name, not hidden, at most 255 bytes. The result may be empty.
 */
export function safeName(text: string): string {
  if (plain.test(text) && !isDeviceName(text)) return text;
  if (text.length > mostCharacters) return safeName(shortened(text));
  const visible = trimmed(withoutHidden(text.toWellFormed().normalize('NFC')));
  if (visible === '') return '';
  const named = trimmed(filenamify(visible, { replacement: '_', maxLength: 1_000 }));
  const tail = tailOf(named);
  const short = fitted(named.slice(0, named.length - tail.length), tail).replace(/[.\s]+$/, '');
  return isDeviceName(short) ? fitted(`_${short.slice(0, short.length - tail.length)}`, tail) : short;
}

/** The last path segment of a normalised URL, decoded; undefined if there is none. */
export function nameFromUrl(url: string): string | undefined {
  // A normalised URL has a path, and no `?` before its query.
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  const segment = path.slice(path.lastIndexOf('/') + 1);
  return safeName(decoded(segment)) || undefined;
}

/** The file name proposed by `Content-Disposition` (RFC 6266), made safe. */
export function nameFromDisposition(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    const proposed = parse(header).parameters.filename;
    // A path tries to leave the folder, or is one of the server: only its last part is a name.
    const last = proposed && headerText(proposed).split(/[/\\]/).at(-1);
    return (last && safeName(last)) || undefined;
  } catch {
    return undefined;
  }
}

/** The name of a photograph: with `.jpg` if the name has no extension. */
export function asJpeg(name: string): string {
  return extname(name).length > 1 ? name : fitted(name, '.jpg');
}

/** Whether an answer's name derives from the planned name, so that no other file of the run can have it. */
export function belongsTo(planned: string, name: string): boolean {
  return name === planned || name === asJpeg(planned);
}

/** Some digits of the URL's SHA-256, to distinguish files of equal names. */
export function urlHash(url: string): string {
  return hashOfText(url).slice(0, 16);
}

/** Adds the URL's hash to a name, always in the same way: `photo.jpg` becomes `photo-1f3a5c7e.jpg`. */
export function distinctName(name: string, url: string, digits = 8): string {
  const tail = tailOf(name);
  return fitted(name.slice(0, name.length - tail.length), `-${urlHash(url).slice(0, digits)}${tail}`);
}

/** Removes leading dots, which hide a file, and trailing dots and spaces, which Windows drops. */
function trimmed(text: string): string {
  return text.replace(/^[.\s]+|[.\s]+$/g, '');
}

/** The extension, if it looks like one to a person. */
function tailOf(name: string): string {
  const extension = extname(name);
  return Buffer.byteLength(extension) > 32 ? '' : extension;
}

function decoded(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
