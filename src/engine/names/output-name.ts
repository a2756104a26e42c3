import { extname } from 'node:path';
import { formatOfExtension } from '../../shared/image-formats.ts';
import type { OutputFormat, WrittenFormat } from '../../shared/settings/choices.ts';
import { hashOfText } from '../files/hash-of-text.ts';
import { foldedName, NameClaims } from './name-claims.ts';

const extensions: Readonly<Record<WrittenFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  tiff: 'tiff',
};

/** The longest file name that the common file systems take, in bytes of UTF-8. */
const longestName = 255;

/** Whether a file of this name is taken as an image: known extension in any case, and not hidden. */
export function isImageName(name: string): boolean {
  return !name.startsWith('.') && keptFormat(name) !== undefined;
}

/** Images that cannot be read, by their extension: not taken, and not passed over without a word either. */
export function isUnreadImageName(name: string): boolean {
  const format = formatOfExtension(extensionOf(name));
  return !name.startsWith('.') && format !== undefined && format.kept === undefined;
}

/** The format that an image of this name is written in. */
export function writtenFormat(name: string, format: OutputFormat): WrittenFormat {
  return format === 'same' ? (keptFormat(name) ?? 'jpeg') : format;
}

/**
 * Names the outputs of the images in one folder. A name is kept where its extension already tells the format
 * written; else its extension is replaced. Where two inputs would get the same name, the one that keeps its
 * own has it and the others keep their old extension inside the new name (`a.png.jpg`), or, where that is
 * taken too, a hash of it. The outcome depends on the set of names alone, never on their order.
 */
export function nameOutputs(names: readonly string[], format: OutputFormat): Map<string, string> {
  const outputs = new Map<string, string>();
  const claims = new NameClaims();
  const claim = (name: string, candidates: Iterable<string>): void => {
    outputs.set(
      name,
      claims.claim(candidates, (candidate) => [foldedName(candidate)]),
    );
  };
  const renamed: string[] = [];
  for (const name of names) {
    if (keepsName(name, format)) claim(name, [name]);
    else renamed.push(name);
  }
  for (const name of renamed.sort()) claim(name, candidatesFor(name, format));
  return outputs;
}

function* candidatesFor(name: string, format: OutputFormat): Generator<string, void> {
  const extension = extensions[writtenFormat(name, format)];
  const stem = name.slice(0, name.length - extname(name).length);
  yield fitted(stem, `.${extension}`);
  yield fitted(name, `.${extension}`);
  const hash = hashOfText(name).slice(0, 12);
  yield fitted(stem, `-${hash}.${extension}`);
  // Three names taken by other inputs of the folder: only the hash of all of it is left.
  yield `${hash}${hashOfText(hash)}.${extension}`;
}

/** Whether an image's name already tells the format that it is written in. */
export function keepsName(name: string, format: OutputFormat): boolean {
  const own = formatOfExtension(extensionOf(name));
  return own?.kept === writtenFormat(name, format) && !own.renamed;
}

function keptFormat(name: string): WrittenFormat | undefined {
  return formatOfExtension(extensionOf(name))?.kept;
}

function extensionOf(name: string): string {
  return extname(name).slice(1).toLowerCase();
}

/** Joins stem and tail, shortening the stem by whole characters where the name would be too long. */
export function fitted(stem: string, tail: string): string {
  const room = longestName - Buffer.byteLength(tail);
  if (Buffer.byteLength(stem) <= room) return stem + tail;
  let kept = '';
  let bytes = 0;
  for (const character of stem) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    kept += character;
  }
  return kept + tail;
}
