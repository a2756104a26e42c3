/** What the first bytes of a file say of its format. A signature that overlaps another's names it, so that one at most holds. */
export type Signature = (head: Uint8Array) => boolean;

/** ISO/IEC 23008-12 annex B and F: HEVC, as images and as sequences. Where only the structure is told, it nearly always is HEVC. */
const hevcBrands = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs'];
const structureBrands = ['mif1', 'msf1', 'mif2'];
/** HEIF of AVC, VVC, EVC, JPEG, JPEG 2000, and uncompressed. */
const otherHeifBrands = [
  'avci',
  'avcs',
  'vvic',
  'vvis',
  'evbi',
  'evmi',
  'jpeg',
  'jpgs',
  'j2ki',
  'j2is',
  'unci',
];

/** ISO/IEC 14496-12 and -14, QuickTime, 3GPP, and what cameras write. A sound's (`M4A `) is not among them. */
const filmBrands = [
  ...['isom', 'iso2', 'iso3', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'dash', 'MSNV', 'XAVC', 'f4v '],
  ...['qt  ', 'M4V', '3gp', '3g2'],
];

/** Begins with one of the texts, whose characters stand for bytes. */
export function text(...starts: readonly string[]): Signature {
  return (head) => starts.some((start) => holds(head, start, 0));
}

/** PNG third edition 5.2. */
const isPngLike = text('\x89PNG\r\n\x1a\n');
/** What Xcode makes of a PNG for iOS: its first chunk is not IHDR, and its pixels are not PNG's. */
export const isCgbi: Signature = (head) => isPngLike(head) && holds(head, 'CgBI', 12);
export const isPng: Signature = (head) => isPngLike(head) && !isCgbi(head);

/** TIFF 6.0 section 2, and BigTIFF, whose version is 43. Most raw photos begin so too. */
export const isTiffLike = text('II*\0', 'MM\0*', 'II+\0', 'MM\0+');
/** Canon's CR2 and Phase One's IIQ mark themselves behind TIFF's header. */
const isMarkedRaw: Signature = (head) =>
  isTiffLike(head) && ['CR', 'IIII', 'MMMM'].some((mark) => holds(head, mark, 8));
export const isTiff: Signature = (head) => isTiffLike(head) && !isMarkedRaw(head);

/** Raw photos that are told by their beginning: Fujifilm, Panasonic, Olympus, Canon, Minolta, Sigma. */
const isOwnRaw = text(
  'FUJIFILMCCD-RAW',
  'IIU\0',
  'IIRO',
  'IIRS',
  'MMOR',
  'II\x1a\0\0\0HEAPCCDR',
  '\0MRM',
  'FOVb',
);
export const isRaw: Signature = (head) => isOwnRaw(head) || isMarkedRaw(head) || hasBrand(head, ['crx ']);

export const isWebp: Signature = (head) => holds(head, 'RIFF', 0) && holds(head, 'WEBP', 8);
export const isAvif: Signature = (head) => hasBrand(head, ['avif', 'avis']);
export const isHeif: Signature = (head) =>
  hasBrand(head, otherHeifBrands) && !hasBrand(head, hevcBrands) && !isAvif(head);
export const isHeic: Signature = (head) =>
  hasBrand(head, [...hevcBrands, ...structureBrands]) &&
  !isHeif(head) &&
  !isAvif(head) &&
  !hasBrand(head, ['crx ']);

/** `BM` alone begins many a text: the length of the second header is one of the eight that there are. */
export const isBmp: Signature = (head) =>
  holds(head, 'BM', 0) && [12, 16, 40, 52, 56, 64, 108, 124].includes(littleEndian(head, 14, 4));

/** Icons and cursors have at least one picture; a TGA may begin alike, but for that number. */
export const isIcon: Signature = (head) =>
  text('\0\0\x01\0', '\0\0\x02\0')(head) && littleEndian(head, 4, 2) > 0 && head[9] === 0;

/** Netpbm: P1 to P6 and PFM, whose sizes follow; P7 (PAM), whose fields have names. A sentence may begin with `P1 `. */
export const isNetpbm: Signature = (head) =>
  /^P(?:[1-6Ff]\s+[#\d]|7\s+(?:#|WIDTH|HEIGHT|DEPTH|MAXVAL|TUPLTYPE))/.test(latin1(head.subarray(0, 64)));

/** Matroska and WebM, MPEG program streams, ASF, Flash. */
const isMarkedVideo = text('\x1a\x45\xdf\xa3', '\0\0\x01\xba', '\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'FLV\x01');
/** MP4, QuickTime and their kin, by their major brand. QuickTime's oldest begin with what they hold. */
const isFilmOfBoxes = (head: Uint8Array): boolean =>
  (filmBrands.some((brand) => holds(head, `ftyp${brand}`, 4)) ||
    ['moov', 'mdat', 'wide'].some((box) => holds(head, box, 4))) &&
  ![isAvif, isHeif, isHeic, isRaw].some((is) => is(head));
export const isVideo: Signature = (head) =>
  isMarkedVideo(head) || isFilmOfBoxes(head) || (holds(head, 'RIFF', 0) && holds(head, 'AVI ', 8));

/** Streams that are films by their names only: Ogg, MPEG-1 and 2, and transport streams with or without time stamps. */
export const isStream: Signature = (head) =>
  text('OggS', '\0\0\x01\xb3')(head) ||
  (head[0] === 0x47 && head[188] === 0x47) ||
  (head[4] === 0x47 && head[196] === 0x47);

export const isGzip = text('\x1f\x8b');

/**
 * The root of the XML is an `svg`, of any namespace prefix, or the document type says so. A prologue that is longer than
 * `head` tells nothing.
 */
export const isSvg: Signature = (head) => {
  const rest = decoded(head).replace(/^\s*(?:(?:<\?.*?\?>|<!--.*?-->)\s*)*/s, '');
  if (/^<!DOCTYPE\s+(?:[\w.-]+:)?svg[\s>[]/i.test(rest)) return true;
  // A document type of another name, or none, may have entities of its own, in brackets.
  const root = rest.replace(/^<!DOCTYPE[^[>]*(?:\[.*?\]\s*)?>\s*(?:(?:<!--.*?-->|<\?.*?\?>)\s*)*/is, '');
  return /^<(?:[\w.-]+:)?svg[\s/>]/.test(root);
};

/** XML's character encoding as far as its beginning tells (XML 1.0 appendix F): UTF-16 of both orders, else bytes of ASCII. */
function decoded(head: Uint8Array): string {
  const [first, second] = head;
  const little = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c);
  if (little || big) return new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(head);
  return new TextDecoder().decode(head);
}

/**
 * Whether a file of boxes (ISO/IEC 14496-12 section 4.3) has one of the brands, as its major brand or among those that it
 * is compatible with. The box says how long its list is.
 */
function hasBrand(head: Uint8Array, brands: readonly string[]): boolean {
  if (!holds(head, 'ftyp', 4)) return false;
  const length = bigEndian(head, 0);
  // A length of 1 stands for one of 64 bits behind the type; 0 for the rest of the file.
  const start = length === 1 ? 16 : 8;
  const told = length === 1 ? bigEndian(head, 12) : length;
  const end = Math.min(head.length, told === 0 ? head.length : told);
  for (let at = start; at + 4 <= end; at += 4) {
    // Between the major brand and the others stands its version, four bytes that are no brand.
    if (at !== start + 4 && brands.some((brand) => holds(head, brand, at))) return true;
  }
  return false;
}

function holds(head: Uint8Array, wanted: string, at: number): boolean {
  if (head.length < at + wanted.length) return false;
  for (let index = 0; index < wanted.length; index += 1) {
    if (head[at + index] !== wanted.charCodeAt(index)) return false;
  }
  return true;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** @returns 0 where the head is too short. */
function littleEndian(head: Uint8Array, at: number, bytes: number): number {
  let value = 0;
  for (let index = bytes - 1; index >= 0; index -= 1) value = value * 256 + (head[at + index] ?? 0);
  return value;
}

/** @returns 0 where the head is too short. */
function bigEndian(head: Uint8Array, at: number): number {
  let value = 0;
  for (let index = 0; index < 4; index += 1) value = value * 256 + (head[at + index] ?? 0);
  return value;
}
