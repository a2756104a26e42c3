import { type FileBytes, viewAt } from '../headers/file-bytes.ts';
import { type Metadata, mostMetadataBytes } from './metadata.ts';
import { type Field, fieldBytes, fieldsAt, sizeOfType } from './tiff-fields.ts';

/** A field with its value, in the byte order of little endian. */
interface OwnField {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: Buffer;
}

type Tree = readonly (OwnField | { readonly tag: number; readonly fields: Tree })[];

const TAG = {
  xmp: 700,
  iptc: 33_723,
  exif: 34_665,
  profile: 34_675,
  gps: 34_853,
  interoperability: 40_965,
} as const;
const directories: ReadonlySet<number> = new Set([TAG.exif, TAG.gps, TAG.interoperability]);
/** What a directory of TIFF says of the picture and not of how it is stored: Exif 2.32, 4.6.4, and Windows' own. */
const descriptive: ReadonlySet<number> = new Set([
  ...[270, 271, 272, 274, 282, 283, 296, 305, 306, 315, 316, 18_246, 18_249, 33_432],
  ...[40_091, 40_092, 40_093, 40_094, 40_095, TAG.exif, TAG.gps],
]);
/** What our encoder's file tells better. */
const ofFile: ReadonlySet<number> = new Set([274, 282, 283, 296]);
/** More bytes than a directory and its fields have, in a file that is read for them. */
const mostFields = 4096;

/** What the first directory of a TIFF file says beside the pixels, in the classic form; nothing of a BigTIFF. */
export function tiffMetadata(file: FileBytes): Metadata {
  const head = viewAt(file, 0, 8);
  const mark = head?.getUint16(0);
  if (!head || (mark !== 0x4949 && mark !== 0x4d4d)) return {};
  const little = mark === 0x4949;
  if (head.getUint16(2, little) !== 42) return {};
  const fields = readTree(file, head.getUint32(4, little), little, 0);
  const valueFor = (tag: number) => fields.find((field) => field.tag === tag && 'value' in field);
  const bytesOf = (tag: number): Buffer | undefined => {
    const field = valueFor(tag);
    return field && 'value' in field ? field.value : undefined;
  };
  const ofPicture = fields.filter(({ tag }) => descriptive.has(tag));
  return {
    exif: ofPicture.length === 0 ? undefined : writeTree(ofPicture),
    xmp: bytesOf(TAG.xmp),
    iptc: bytesOf(TAG.iptc),
    profile: bytesOf(TAG.profile),
  };
}

function readTree(file: FileBytes, at: number, little: boolean, depth: number): Tree {
  const counted = viewAt(file, at, 2);
  const count = Math.min(counted?.getUint16(0, little) ?? 0, mostFields);
  const table = viewAt(file, at, 2 + 12 * count + 4) ?? viewAt(file, at, 2 + 12 * count);
  if (!table || depth > 2) return [];
  let left = mostMetadataBytes;
  const entries = Array.from({ length: count }, (_, index) => 2 + 12 * index);
  const tags = new Set<number>();
  return entries.flatMap((entry): Tree => {
    const [tag, type] = [table.getUint16(entry, little), table.getUint16(entry + 2, little)];
    const values = table.getUint32(entry + 4, little);
    const isWanted = depth > 0 || descriptive.has(tag) || Object.values<number>(TAG).includes(tag);
    const length = sizeOfType(type) * values;
    // A tag stands once in a directory: one that refers to itself many times would never be read to its end.
    if (!isWanted || tags.has(tag) || length === 0 || length > left) return [];
    tags.add(tag);
    if (directories.has(tag)) {
      const fields = readTree(file, table.getUint32(entry + 8, little), little, depth + 1);
      return fields.length === 0 ? [] : [{ tag, fields }];
    }
    left -= length;
    const from = table.getUint32(entry + 8, little);
    const given =
      length <= 4
        ? new Uint8Array(table.buffer, table.byteOffset + entry + 8, length)
        : file.read(from, length);
    if (given.length < length) return [];
    const value = Buffer.from(given);
    if (!little) swap(value, type);
    return [{ tag, type, count: values, value }];
  });
}

function swap(value: Buffer, type: number): void {
  const size = sizeOfType(type);
  // A fraction is two numbers of four bytes.
  if (size === 2) value.swap16();
  else if (size === 4 || type === 5 || type === 10) value.swap32();
  else if (size === 8) value.swap64();
}

/** TIFF data of little endian with a tree as its first directory. */
function writeTree(tree: Tree): Buffer {
  const header = Buffer.from('II*\0\x08\0\0\0', 'latin1');
  return Buffer.concat([header, directoryOf(tree, 8)]);
}

/** A directory with all that it refers to behind it. @param at where it will stand. */
function directoryOf(tree: Tree, at: number): Buffer {
  const sorted = [...tree].sort((one, other) => one.tag - other.tag);
  const table = Buffer.alloc(2 + 12 * sorted.length + 4);
  table.writeUInt16LE(sorted.length);
  const parts: Buffer[] = [table];
  let end = at + table.length;
  sorted.forEach((field, index) => {
    const entry = 2 + 12 * index;
    const isTree = 'fields' in field;
    const value = isTree ? directoryOf(field.fields, end) : field.value;
    table.writeUInt16LE(field.tag, entry);
    table.writeUInt16LE(isTree ? 4 : field.type, entry + 2);
    table.writeUInt32LE(isTree ? 1 : field.count, entry + 4);
    if (!isTree && value.length <= 4) {
      value.copy(table, entry + 8);
      return;
    }
    table.writeUInt32LE(end, entry + 8);
    const padded = value.length % 2 === 0 ? value : Buffer.concat([value, Buffer.alloc(1)]);
    parts.push(padded);
    end += padded.length;
  });
  return Buffer.concat(parts);
}

/** The same TIFF, of one picture as our encoder writes it, with metadata: its directory stands anew at the end. */
export function tiffWith(tiff: Uint8Array, { exif, xmp, iptc, profile }: Metadata): Uint8Array {
  const file = Buffer.from(tiff);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const little = file[0] === 0x49;
  const directory = fieldsAt(view, view.getUint32(4, little), little);
  if (!little || !directory) throw new Error('Expected another TIFF file.');
  const own: Tree = directory.fields.map((field) => ownField(file, field));
  const camera = exif ? treeOfExif(exif).filter(({ tag }) => !ofFile.has(tag)) : [];
  const bytes = (tag: number, type: number, value: Uint8Array | undefined): Tree =>
    value ? [{ tag, type, count: value.length, value: Buffer.from(value) }] : [];
  const added = [
    ...camera,
    ...bytes(TAG.xmp, 1, xmp),
    ...(iptc ? [{ tag: TAG.iptc, type: 4, count: Math.ceil(iptc.length / 4), value: inWords(iptc) }] : []),
    ...bytes(TAG.profile, 7, profile),
  ];
  const kept = own.filter(({ tag }) => !added.some((field) => field.tag === tag));
  const padding = Buffer.alloc(file.length % 2);
  const at = file.length + padding.length;
  file.writeUInt32LE(at, 4);
  return Buffer.concat([file, padding, directoryOf([...kept, ...added], at)]);
}

function inWords(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

function ownField(file: Buffer, field: Field): OwnField {
  const { tag, type, count, valueAt } = field;
  return { tag, type, count, value: file.subarray(valueAt, valueAt + fieldBytes(field)) };
}

function treeOfExif(exif: Uint8Array): Tree {
  const file: FileBytes = { length: exif.length, read: (at, length) => exif.subarray(at, at + length) };
  const little = exif[0] === 0x49;
  const head = viewAt(file, 0, 8);
  const tree = head ? readTree(file, head.getUint32(4, little), little, 0) : [];
  return tree.filter(({ tag }) => descriptive.has(tag));
}
