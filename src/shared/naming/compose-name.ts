import { isDeviceName } from './device-names.ts';
import { bytesOf, cut, longestName, surelyFits } from './name-length.ts';
import type { NameTemplate, Token } from './parse-template.ts';
import type { DatePart } from './placeholders.ts';

/** What is known of a picture, to name its outputs. */
export interface PictureValues {
  /** Its name without the extension. */
  readonly name: string;
  /** What tells it from another picture whose outputs would have the same names. */
  readonly mark?: string | undefined;
  /** The name of its folder. */
  readonly parent: string;
  /** The path of its folder below the given one, with `/` as separator; '' for that itself. */
  readonly folder: string;
  /** Which one of its folder it is, from 1. */
  readonly counter: number;
  /** What its file tells; absent where nothing of it is asked for. */
  readonly facts?: PictureFacts | undefined;
}

/** What only the file of a picture tells. Texts are names of files already. */
export interface PictureFacts {
  /** When it was taken, by the clock there: `YYYYMMDDHHmmss`. */
  readonly taken?: string | undefined;
  readonly camera?: string | undefined;
  readonly model?: string | undefined;
  readonly lens?: string | undefined;
}

/** What is known of an output before it is made: the box is the one that was asked for. */
export interface OutputValues {
  /** Without its dot. */
  readonly ext: string;
  readonly width: number;
  readonly height: number;
  readonly format: string;
}

/** For what a picture does not tell. */
const unknown = 'unknown';
const noTime = '00000000000000';
/** Where each part stands in a time. */
const places: Readonly<Record<DatePart, readonly [from: number, to: number]>> = {
  YYYY: [0, 4],
  YY: [2, 4],
  MM: [4, 6],
  DD: [6, 8],
  HH: [8, 10],
  mm: [10, 12],
  ss: [12, 14],
};
/**
 * What no name has on Windows: behind a colon NTFS would write a stream of another file, which nobody sees and which any
 * copy loses.
 */
const notOnWindows = /[<>:"|?*]/g;

/**
 * The path of an output below the folder that a template's names begin in, with `/` as separator.
 * @param isOnWindows whether it is to be a name there.
 */
export function composeName(
  { parts }: NameTemplate,
  picture: PictureValues,
  output: OutputValues,
  isOnWindows: boolean,
): string {
  let left = parts.length;
  let path = '';
  for (const part of parts) {
    left -= 1;
    const name = isFolder(part) ? picture.folder : nameOf(part, picture, output, left > 0, isOnWindows);
    // A picture in the given folder itself has no folder below it.
    if (name !== '') path = path === '' ? name : `${path}/${name}`;
  }
  return path;
}

/** Whether a part is the path of the picture's folder, and nothing else. */
function isFolder(part: readonly Token[]): boolean {
  const [only] = part;
  return part.length === 1 && only?.kind === 'path' && only.of === 'folder';
}

function nameOf(
  part: readonly Token[],
  picture: PictureValues,
  output: OutputValues,
  isOfFolder: boolean,
  isOnWindows: boolean,
): string {
  let whole = '';
  for (const token of part) whole += textFor(token, picture, output);
  const fits = surelyFits(whole.length);
  const name = fits ? whole : fittedParts(part, picture, output);
  if (!isOnWindows) return asName(name, isOfFolder);
  return asName(name.replace(notOnWindows, '_'), true);
}

/**
 * Windows drops dots and spaces at the end of a name, or keeps it where no other program finds it; of a folder's name, dots
 * alone are a way up.
 */
function asName(name: string, endsSafely: boolean): string {
  // A name of full length has no room for one character more.
  if (isDeviceName(name)) return `_${name.slice(name.length > 200 ? 1 : 0)}`;
  if (!endsSafely) return name;
  return name === '' ? '_' : name.replace(/[. ]+$/, (end) => '_'.repeat(end.length));
}

function textFor(token: Token, picture: PictureValues, output: OutputValues): string {
  switch (token.kind) {
    case 'text':
      return token.text;
    case 'path':
      return token.of === 'folder' ? picture.folder.replaceAll('/', '-') : picture[token.of];
    case 'mark':
      return picture.mark ?? '';
    case 'output':
      return String(output[token.of]);
    case 'counter':
      return String(picture.counter).padStart(token.digits, '0');
    case 'date':
      return (picture.facts?.taken ?? noTime).slice(...places[token.part]);
    case 'camera':
      return picture.facts?.[token.of] ?? unknown;
  }
}

/** What names and cameras are called is shortened, each to the same length, until the whole fits. */
function fittedParts(part: readonly Token[], picture: PictureValues, output: OutputValues): string {
  const texts = part.map((token) => textFor(token, picture, output));
  const isCut = part.map(({ kind }) => kind === 'path' || kind === 'camera');
  const lengths = texts.map(bytesOf);
  const lengthWith = (cap: number) =>
    lengths.reduce((sum, length, at) => sum + (isCut[at] ? Math.min(length, cap) : length), 0);
  let cap = longestName;
  while (cap > 0 && lengthWith(cap) > longestName) cap -= 1;
  return texts.map((text, at) => (isCut[at] ? cut(text, cap) : text)).join('');
}
