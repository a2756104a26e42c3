import { type Directory, rangeOf } from '../../../codecs/headers/tiff-directories.ts';
import type { PictureFacts } from '../../../shared/naming/compose-name.ts';
import { fitted } from '../../../shared/naming/name-length.ts';
import { safeName } from '../../names/file-name.ts';
import type { ExifOfFile } from './exif-places.ts';

/** Exif 2.32, 4.6.4 and 4.6.5. */
const TAG = {
  make: 271,
  model: 272,
  dateTime: 306,
  dateTimeOriginal: 36_867,
  dateTimeDigitized: 36_868,
  lensModel: 42_036,
} as const;
/** What is longer is no name of a camera. */
const mostTextBytes = 256;
/** So many bytes of it get into a name. */
const mostNamedBytes = 80;
/** What the names of makers end with, and nobody calls them by. */
const company =
  /[\s,]+(corporation|corp\.?|company|co\.?,? ?ltd\.?|ltd\.?|inc\.?|gmbh|ag|ab|(imaging|optical|electric|computer|techwin|photo)( .*)?)$/i;

/** What EXIF tells: when a picture was taken, by the clock there, and with what. */
export function toldByExif({ first, exif }: ExifOfFile): PictureFacts {
  const make = textOf(first, TAG.make);
  const model = textOf(first, TAG.model);
  return {
    taken:
      timeOf(textOf(exif, TAG.dateTimeOriginal)) ??
      timeOf(textOf(exif, TAG.dateTimeDigitized)) ??
      timeOf(textOf(first, TAG.dateTime)),
    camera: named(cameraOf(make, model)),
    model: named(model),
    lens: named(textOf(exif, TAG.lensModel)),
  };
}

function textOf(directory: Directory | undefined, tag: number): string {
  const range = directory && rangeOf(directory, tag);
  if (!range) return '';
  const bytes = directory.tiff.file.read(range.at, Math.min(range.length, mostTextBytes));
  const end = bytes.indexOf(0);
  const text = new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
  return text.replace(/\s+/g, ' ').trim();
}

/** A maker that its models begin with is not said twice: "Canon", "Canon EOS R5". */
function cameraOf(make: string, model: string): string {
  let maker = make;
  // Of "NIKON CORPORATION" and "SAMSUNG TECHWIN CO., LTD." the first word is left.
  for (let shorter = maker.replace(company, ''); shorter !== maker; shorter = maker.replace(company, ''))
    maker = shorter;
  const [word = ''] = maker.toLowerCase().split(' ');
  return model.toLowerCase().startsWith(word) ? model || maker : `${maker} ${model}`;
}

function named(text: string): string | undefined {
  const name = safeName(text);
  return name === '' ? undefined : fitted(name, '', mostNamedBytes).trim();
}

/** `YYYY:MM:DD HH:MM:SS` (Exif 2.32, 4.6.5 D), with what other programs put between. */
const written = /^(\d{4})[:./-](\d{2})[:./-](\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?/;

/** A time as `YYYYMMDDHHmmss`; `undefined` if it is none, such as the zeros of a camera whose clock was never set. */
function timeOf(text: string): string | undefined {
  const found = written.exec(text);
  if (!found) return undefined;
  const [year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] = found
    .slice(1)
    .map((part) => part ?? '00');
  // A day that its month has not got would be one of the next month.
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isDay = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  if (Number(year) === 0 || !isDay) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  return year + month + day + hour + minute + second;
}
