import { readOrientation } from '../common/exif-orientation.ts';
import { type Field, fieldBytes, fieldsAt, type Place } from './tiff-fields.ts';

/** What EXIF is made to say of a thumbnail. */
export interface ExifChange {
  readonly width: number;
  readonly height: number;
  /** Whether the pixels are sRGB. */
  readonly srgb: boolean;
  /** Whether the place where the picture was taken stays. */
  readonly gps: boolean;
}

/** Exif 2.32, 4.6. */
const TAG = {
  width: 0x100,
  height: 0x101,
  orientation: 0x112,
  exif: 0x8769,
  gps: 0x8825,
  makerNote: 0x927c,
  colourSpace: 0xa001,
  pixelWidth: 0xa002,
  pixelHeight: 0xa003,
  interoperability: 0xa005,
  interoperabilityIndex: 1,
} as const;

/**
 * Pictures within EXIF, and other metadata in it: strips, further directories, a JPEG, XMP, IPTC, Photoshop's resources
 * and a profile.
 */
const foreign: ReadonlySet<number> = new Set([
  ...[0x111, 0x117, 0x144, 0x145, 0x14a, 0x201, 0x202],
  ...[0x2bc, 0x83bb, 0x8649, 0x8773],
]);
/** Where the pictures of a directory lie, and how long they are. */
const pieces = [
  [0x201, 0x202],
  [0x111, 0x117],
] as const;

const UNCALIBRATED = 0xffff;

/**
 * EXIF for a picture that was turned and scaled: its orientation is 1, its sizes are those of the thumbnail, its own
 * thumbnail is gone. All else stays where it was, because makers' notes refer to places in the whole block.
 *
 * Without the place, the notes of the maker go with it: nobody knows what makers write there. What nothing refers to
 * becomes zeros then, since it may be the place as it was before an edit.
 * @param exif TIFF data.
 * @returns `undefined` if it cannot be read or nothing is left.
 */
export function changedExif(exif: Uint8Array, change: ExifChange): Uint8Array | undefined {
  // Not `slice`, by which a Buffer shares its bytes.
  const bytes = Uint8Array.from(exif);
  const place = placeOf(bytes);
  if (!place) return undefined;
  const block = { ...place, bytes, erased: [] as Range[] };
  const image = fieldsAt(place.view, place.at, place.little);
  if (!image) return undefined;
  erasePicturesAfter(block, image.next);
  block.view.setUint32(image.end - 4, 0, block.little);
  const unwanted = new Set(change.gps ? foreign : [...foreign, TAG.gps, TAG.makerNote]);
  const exifAt = remove(block, place.at, unwanted);
  if (exifAt !== undefined && exifAt !== place.at) remove(block, exifAt, unwanted);
  const kept = fieldsAt(place.view, place.at, place.little);
  if (!kept || kept.fields.length === 0) return undefined;
  for (const field of kept.fields) changeImageField(block, field, change);
  const changed = erased(block, !change.gps);
  return isAsWished(changed, change) ? changed : undefined;
}

/** In damaged EXIF, directories may lie over each other: a change of one is then not seen in the other. */
function isAsWished(exif: Uint8Array, { gps }: ExifChange): boolean {
  const place = placeOf(exif);
  const fields = place && fieldsAt(place.view, place.at, place.little)?.fields;
  if (!fields || readOrientation(exif) !== 1) return false;
  return gps || !fields.some(({ tag }) => tag === TAG.gps);
}

type Range = readonly [from: number, to: number];

interface Block extends Place {
  readonly bytes: Uint8Array;
  /** What nobody shall read any more. */
  readonly erased: Range[];
}

function placeOf(bytes: Uint8Array): Place | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = view.byteLength < 8 ? 0 : view.getUint16(0);
  if (mark !== 0x4949 && mark !== 0x4d4d) return undefined;
  const little = mark === 0x4949;
  return { view, little, at: view.getUint32(4, little) };
}

/** The pictures of the directory behind the image's own, which is that of its thumbnail, and the directory itself. */
function erasePicturesAfter(block: Block, at: number): void {
  const directory = at === 0 ? undefined : fieldsAt(block.view, at, block.little);
  if (!directory) return;
  block.erased.push([at, directory.end], ...valuesOf(block, directory.fields));
  for (const [offsets, lengths] of pieces) {
    const [from, length] = [offsets, lengths].map((tag) =>
      directory.fields.find((field) => field.tag === tag),
    );
    if (from && length) block.erased.push([number(block, from), number(block, from) + number(block, length)]);
  }
}

/** Takes fields out of a directory. @returns where the directory of the camera's fields stands. */
function remove(block: Block, at: number, unwanted: ReadonlySet<number>): number | undefined {
  const { view, little, bytes } = block;
  const directory = fieldsAt(view, at, little);
  if (!directory) return undefined;
  const tags = new Set<number>();
  const gone = directory.fields.filter((field) => {
    // A tag stands once in a directory: more of them would make the work on what it refers to endless.
    const isRepeated = tags.has(field.tag);
    tags.add(field.tag);
    return isRepeated || unwanted.has(field.tag) || isBroken(block, field);
  });
  block.erased.push(...valuesOf(block, gone));
  for (const field of gone) if (field.tag === TAG.gps) eraseDirectory(block, number(block, field));
  const exif = directory.fields.find((field) => field.tag === TAG.exif && !gone.includes(field));
  const exifAt = exif && number(block, exif);
  // From the last to the first, so that those before keep their places.
  gone.reverse().forEach((field, index) => {
    const end = directory.end - 12 * index;
    bytes.copyWithin(field.at, field.at + 12, end);
    block.erased.push([end - 12, end]);
  });
  view.setUint16(at, directory.fields.length - gone.length, little);
  return exifAt;
}

/** Whether a field refers to a directory that is not there. */
function isBroken(block: Block, field: Field): boolean {
  const refers = field.tag === TAG.exif || field.tag === TAG.gps || field.tag === TAG.interoperability;
  return refers && !fieldsAt(block.view, number(block, field), block.little);
}

function eraseDirectory(block: Block, at: number): void {
  const directory = fieldsAt(block.view, at, block.little);
  if (directory) block.erased.push([at, directory.end], ...valuesOf(block, directory.fields));
}

function changeImageField(block: Block, field: Field, change: ExifChange): void {
  if (field.tag === TAG.orientation) setUpright(block, field);
  const value = numberFor(field.tag, change);
  if (value !== undefined) setNumber(block, field, value);
  if (field.tag === TAG.interoperability) nameInteroperability(block, number(block, field), change.srgb);
  if (field.tag !== TAG.exif) return;
  for (const inner of fieldsAt(block.view, number(block, field), block.little)?.fields ?? []) {
    if (inner.tag !== TAG.exif) changeImageField(block, inner, change);
  }
}

/** Whatever form the number has: readers take some that the standard does not allow. */
function setUpright({ view, little }: Place, { at }: Field): void {
  view.setUint16(at + 2, 3, little);
  view.setUint32(at + 4, 1, little);
  view.setUint16(at + 8, 1, little);
  view.setUint16(at + 10, 0, little);
}

function numberFor(tag: number, { width, height, srgb }: ExifChange): number | undefined {
  if (tag === TAG.width || tag === TAG.pixelWidth) return width;
  if (tag === TAG.height || tag === TAG.pixelHeight) return height;
  if (tag === TAG.colourSpace) return srgb ? 1 : UNCALIBRATED;
  return undefined;
}

/** `R98` is sRGB, `R03` Adobe RGB (Exif 2.32, 4.6.7). */
function nameInteroperability(block: Block, at: number, srgb: boolean): void {
  const fields = fieldsAt(block.view, at, block.little)?.fields ?? [];
  const index = fields.find(
    ({ tag, type, count }) => tag === TAG.interoperabilityIndex && type === 2 && count === 4,
  );
  if (index && srgb && block.bytes[index.valueAt + 1] === 0x30)
    block.bytes.set([0x52, 0x39, 0x38, 0], index.valueAt);
}

function valuesOf(block: Block, fields: readonly Field[]): Range[] {
  return fields.flatMap((field) => {
    const length = fieldBytes(field);
    return length > 4 && field.valueAt + length <= block.bytes.length
      ? [[field.valueAt, field.valueAt + length] as const]
      : [];
  });
}

function number({ view, little }: Place, { type, valueAt }: Field): number {
  if (valueAt + 4 > view.byteLength) return 0;
  if (type === 3) return view.getUint16(valueAt, little);
  return type === 4 || type === 13 ? view.getUint32(valueAt, little) : view.getUint8(valueAt);
}

function setNumber({ view, little }: Place, { type, count, valueAt }: Field, value: number): void {
  if (count !== 1) return;
  if (type === 1) view.setUint8(valueAt, Math.min(value, 0xff));
  else if (type === 3) view.setUint16(valueAt, value, little);
  else if (type === 4) view.setUint32(valueAt, value, little);
}

/** Zeros where nobody shall read, but for what is still referred to; without the zeros at the end. */
function erased(block: Block, allElse: boolean): Uint8Array {
  const { bytes, view, little, at } = block;
  const isKept = new Uint8Array(bytes.length);
  const keep = (from: number, to: number) => isKept.fill(1, from, to);
  const keepDirectory = (from: number, depth: number) => {
    const directory = fieldsAt(view, from, little);
    if (!directory || depth > 2) return;
    keep(from, directory.end);
    for (const [start, end] of valuesOf(block, directory.fields)) keep(start, end);
    for (const tag of [TAG.exif, TAG.gps, TAG.interoperability]) {
      const field = directory.fields.find((each) => each.tag === tag);
      if (field) keepDirectory(number(block, field), depth + 1);
    }
  };
  keep(0, 8);
  keepDirectory(at, 0);
  const ranges = allElse ? [[0, bytes.length] as const] : block.erased;
  for (const [from, to] of ranges) {
    for (let i = from; i < Math.min(to, bytes.length); i++) if (!isKept[i]) bytes[i] = 0;
  }
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0 && !isKept[end - 1]) end--;
  return bytes.subarray(0, end);
}
