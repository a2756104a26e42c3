import { extname } from 'node:path';
import { parse } from 'content-disposition';
import filenamify from 'filenamify';
import mime from 'mime/lite';
import { withoutHidden } from '../../shared/visible-text.ts';
import { hashOfText } from '../files/hash-of-text.ts';
import { fitted } from './output-name.ts';

/** Nothing to be done to these: letters and digits of ASCII, no dot in front or at the end, no path, short. */
const plain = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,98}[A-Za-z0-9_]$/;
/** Device names on Windows, whatever their extension. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/**
 * Makes any text one file name that is safe everywhere: no path, no control or direction mark, no device name,
 * not hidden, at most 255 bytes. May come out empty.
 */
export function safeName(text: string): string {
  if (plain.test(text) && !device.test(text)) return text;
  const visible = trimmed(withoutHidden(text.toWellFormed().normalize('NFC')));
  if (visible === '') return '';
  const named = trimmed(filenamify(visible, { replacement: '_', maxLength: 1_000 }));
  const tail = tailOf(named);
  const short = fitted(named.slice(0, named.length - tail.length), tail).replace(/[.\s]+$/, '');
  return device.test(short) ? fitted(`_${short.slice(0, short.length - tail.length)}`, tail) : short;
}

/** The last segment of a normalised URL's path, decoded; undefined where it has none. */
export function nameFromUrl(url: string): string | undefined {
  // Normalised, it has a path, and no other `?` before its query.
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  const segment = path.slice(path.lastIndexOf('/') + 1);
  return safeName(decoded(segment)) || undefined;
}

/** The file name that a `Content-Disposition` proposes (RFC 6266), made safe. */
export function nameFromDisposition(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    const proposed = parse(header).parameters.filename;
    // A path is an attempt to get out of the folder, or the server's own: only its end is a name.
    const last = proposed?.split(/[/\\]/).at(-1);
    return (last && safeName(last)) || undefined;
  } catch {
    return undefined;
  }
}

/** Adds the type's extension to a name that has none. */
export function withExtension(name: string, contentType: string | undefined): string {
  if (contentType === undefined || extname(name).length > 1) return name;
  const extension = mime.getExtension(contentType);
  // What a server calls bytes in general says nothing about them.
  if (!extension || extension === 'bin') return name;
  return fitted(name, `.${extension}`);
}

/** What a photograph of this name will be called, where the name has no extension. */
export function asJpeg(name: string): string {
  return extname(name).length > 1 ? name : fitted(name, '.jpg');
}

/** Whether a name that the answer led to belongs to the one planned, so that no other file of the run can have it. */
export function belongsTo(planned: string, name: string): boolean {
  return name === planned || name === asJpeg(planned);
}

/** What distinguishes a URL where names do not: some digits of its SHA-256. */
export function urlHash(url: string): string {
  return hashOfText(url).slice(0, 16);
}

/** The name made distinct by the URL, always in the same way: `photo.jpg` to `photo-1f3a5c7e.jpg`. */
export function distinctName(name: string, url: string, digits = 8): string {
  const tail = tailOf(name);
  return fitted(name.slice(0, name.length - tail.length), `-${urlHash(url).slice(0, digits)}${tail}`);
}

/** Without dots in front, which hide a file, and dots and spaces at the end, which Windows drops. */
function trimmed(text: string): string {
  return text.replace(/^[.\s]+|[.\s]+$/g, '');
}

/** The extension where it is one that a person would call so. */
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
