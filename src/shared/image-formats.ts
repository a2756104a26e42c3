import * as begins from './image-signatures.ts';
import { plain, type Say } from './say/say.ts';
import type { WrittenFormat } from './settings/choices.ts';

/** The formats that neither our codecs nor sharp read, by what reads them (`engine/thumbnails/formats`). */
export type ReaderName = 'bmp' | 'heic' | 'icon' | 'photoshop' | 'jxl' | 'jpeg2000' | 'pdf' | 'video' | 'raw';

/** An image format as Shoal knows it. */
export interface ImageFormat {
  /** As people call it. */
  readonly name: string;
  /** As people call many of them, if its name is a word of a language. */
  readonly plural?: string;
  /** File name extensions, in lower case, without the dot. */
  readonly extensions: readonly string[];
  /** The format that its thumbnails are in where the input's is kept. Absent: the format is not read. */
  readonly kept?: WrittenFormat;
  /** What reads it. Absent: our codecs and sharp. */
  readonly reader?: ReaderName;
  /** Extensions of it that tell another format than `kept`, or a narrower one, so that a thumbnail cannot have them. */
  readonly renamed?: readonly string[];
  /** Whether a file begins as one of this format. At most one format says so of a file. Absent: it has no signature. */
  readonly begins?: begins.Signature;
  /** What files named as this format may begin with besides, though by itself it tells another format, or none. */
  readonly namedBegins?: begins.Signature;
}

/** How many bytes of a file's beginning are enough to tell its format. */
export const headBytes = 4096;

/** The formats that people have, those that are read first: what names, lists or tells formats is derived. */
const imageFormats: readonly ImageFormat[] = [
  {
    name: 'JPEG',
    extensions: ['jpg', 'jpeg', 'jpe', 'jfif', 'jfi', 'jif', 'pjpeg', 'pjp'],
    // Several pictures in one file, of which the first is read; stereo pictures.
    renamed: ['mpo', 'jps'],
    kept: 'jpeg',
    begins: begins.text('\xff\xd8'),
  },
  { name: 'PNG', extensions: ['png'], renamed: ['apng'], kept: 'png', begins: begins.isPng },
  { name: 'WebP', extensions: ['webp'], kept: 'webp', begins: begins.isWebp },
  { name: 'GIF', extensions: ['gif'], kept: 'gif', begins: begins.text('GIF87a', 'GIF89a') },
  { name: 'AVIF', extensions: ['avif'], renamed: ['avifs'], kept: 'avif', begins: begins.isAvif },
  { name: 'TIFF', extensions: ['tif', 'tiff'], kept: 'tiff', begins: begins.isTiff },
  // Vector graphics become pixels; PNG keeps their transparency.
  {
    name: 'SVG',
    extensions: [],
    renamed: ['svg', 'svgz'],
    kept: 'png',
    begins: begins.isSvg,
    namedBegins: begins.isGzip,
  },
  {
    name: 'HEIC',
    extensions: [],
    renamed: ['heic', 'heics', 'heif', 'heifs', 'hif'],
    kept: 'jpeg',
    reader: 'heic',
    begins: begins.isHeic,
  },
  // Not HEVC but AVC, VVC, JPEG 2000 or no compression at all inside.
  { name: 'HEIF', extensions: ['avci', 'avcs'], begins: begins.isHeif },
  { name: "Xcode's PNG (CgBI)", extensions: [], begins: begins.isCgbi },
  { name: 'BMP', extensions: [], renamed: ['bmp', 'dib'], kept: 'png', reader: 'bmp', begins: begins.isBmp },
  {
    name: 'icon',
    plural: 'icons',
    extensions: [],
    renamed: ['ico', 'cur'],
    kept: 'png',
    reader: 'icon',
    begins: begins.isIcon,
  },
  {
    name: 'JPEG XL',
    extensions: [],
    renamed: ['jxl'],
    kept: 'png',
    reader: 'jxl',
    begins: begins.text('\xff\x0a', '\0\0\0\x0cJXL \r\n\x87\n'),
  },
  {
    name: 'JPEG 2000',
    extensions: [],
    renamed: ['jp2', 'j2k', 'j2c', 'jpc', 'jpf', 'jpx', 'jpm', 'jph', 'jhc'],
    kept: 'jpeg',
    reader: 'jpeg2000',
    begins: begins.text('\0\0\0\x0cjP  \r\n\x87\n', '\xff\x4f\xff\x51'),
  },
  { name: 'JPEG XR', extensions: ['jxr', 'hdp', 'wdp'], begins: begins.text('II\xbc\x01', 'II\xbc\0') },
  {
    name: 'Photoshop',
    extensions: [],
    renamed: ['psd', 'psb'],
    kept: 'png',
    reader: 'photoshop',
    begins: begins.text('8BPS\0\x01', '8BPS\0\x02'),
  },
  // The first page of a document.
  { name: 'PDF', extensions: [], renamed: ['pdf'], kept: 'png', reader: 'pdf', begins: begins.text('%PDF-') },
  // A frame near the beginning. `.ts` and `.mts` are far more often programs than films.
  {
    name: 'video',
    plural: 'videos',
    extensions: [],
    renamed: [
      ...['mp4', 'm4v', 'mov', 'qt', 'mkv', 'webm', 'avi', 'mpg', 'mpeg', 'm2ts', 'wmv', 'asf', 'flv'],
      ...['3gp', '3g2', 'ogv'],
    ],
    kept: 'jpeg',
    reader: 'video',
    begins: begins.isVideo,
    // An Ogg may be a sound, and an MPEG-2 stream has a mark of one byte.
    namedBegins: begins.isStream,
  },
  { name: 'GIMP', extensions: ['xcf'], begins: begins.text('gimp xcf ') },
  { name: 'TGA', extensions: ['tga'] },
  { name: 'PCX', extensions: ['pcx'] },
  {
    name: 'Netpbm',
    extensions: ['pbm', 'pgm', 'ppm', 'pnm', 'pam', 'pfm'],
    begins: begins.isNetpbm,
  },
  { name: 'OpenEXR', extensions: ['exr'], begins: begins.text('v/1\x01') },
  { name: 'Radiance', extensions: ['hdr'], begins: begins.text('#?RADIANCE', '#?RGBE') },
  { name: 'DDS', extensions: ['dds'], begins: begins.text('DDS \x7c') },
  { name: 'QOI', extensions: ['qoi'], begins: begins.text('qoif') },
  {
    name: 'camera raw',
    plural: 'camera raw',
    extensions: [],
    renamed: [
      ...['3fr', 'arw', 'cr2', 'cr3', 'crw', 'dcr', 'dng', 'erf', 'gpr', 'iiq', 'kdc', 'mef', 'mos', 'mrw'],
      ...['nef', 'nrw', 'orf', 'pef', 'raf', 'rw2', 'rwl', 'sr2', 'srf', 'srw', 'x3f'],
    ],
    kept: 'jpeg',
    reader: 'raw',
    begins: begins.isRaw,
    // Most of them are TIFFs, whose first picture is a small preview.
    namedBegins: begins.isTiffLike,
  },
  // Names that others use too, or whose files have no preview that is known: their content decides.
  {
    name: 'camera raw',
    extensions: ['ari', 'cap', 'dcs', 'drf', 'eip', 'fff', 'k25', 'mdc', 'ptx', 'raw', 'rwz'],
  },
];

const byExtension = new Map(
  imageFormats.flatMap((format) =>
    [...format.extensions, ...(format.renamed ?? [])].map((extension) => [extension, format]),
  ),
);

/** The format that files of this extension are usually in; `undefined` where it is no image's. */
export function formatOfExtension(extension: string): ImageFormat | undefined {
  return byExtension.get(extension);
}

/**
 * The format that a file is in, by what it begins with.
 * @param head the first bytes of the file: `headBytes` of them, or fewer where it is shorter.
 * @param extension that of its name, in lower case and without the dot. It matters only where the bytes leave more than
 *   one answer: a raw photo that is a TIFF by its bytes, and an SVG that is compressed.
 * @returns `undefined` where the bytes are no known image's, and for a format without a signature (TGA).
 */
export function sniffImage(head: Uint8Array, extension?: string): ImageFormat | undefined {
  const named = extension === undefined ? undefined : byExtension.get(extension);
  if (named?.namedBegins?.(head)) return named;
  return imageFormats.find((format) => format.begins?.(head));
}

/** The formats that are read, in a sentence: "JPEG, PNG and SVG". */
export function readFormats(lastJoinedBy: 'and' | 'or', say: Say = plain): string {
  return joined(
    imageFormats.filter(({ kept }) => kept),
    lastJoinedBy,
    say,
  );
}

/** Those that are not, under any name. */
export function unreadFormats(): string {
  const read = new Set(imageFormats.filter(({ kept }) => kept).map(({ name }) => name));
  return joined(
    imageFormats.filter(({ name }) => !read.has(name)),
    'and',
    plain,
  );
}

function joined(formats: readonly ImageFormat[], lastJoinedBy: 'and' | 'or', say: Say): string {
  const names = formats.map(({ name, plural }) => (plural === undefined ? name : say(plural)));
  const parts = { first: names.slice(0, -1).join(', '), second: names.at(-1) ?? '' };
  return lastJoinedBy === 'and'
    ? say('{{first}} and {{second}}', parts)
    : say('{{first}} or {{second}}', parts);
}

/** The names of formats that are words of a language: "icon", "camera raw", and "icons" of several. */
export function formatsInWords(): string[] {
  const names = imageFormats.flatMap(({ name, plural = name }) => [name, plural]);
  return [...new Set(names)].filter((name) => /^\p{Ll}/u.test(name));
}
