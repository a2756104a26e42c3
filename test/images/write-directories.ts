/** What a field of a directory holds. Numbers are SHORT where all are below 65536, else LONG. */
type FieldValue =
  | number
  | readonly number[]
  | string
  /** UNDEFINED. */
  | Buffer
  /** Fractions of 1. */
  | { readonly rationals: readonly number[] }
  /** The offset of these bytes. */
  | { readonly offsetOf: Buffer }
  /** The offsets of these directories. */
  | { readonly directories: readonly Fields[] };

/** A directory of TIFF data by its tags. */
export type Fields = Readonly<Record<number, FieldValue>>;

/**
 * Writes directories that follow each other (TIFF 6.0, section 2), behind bytes that stand before them: a header, or the
 * name with which a maker's notes begin. Offsets count from the first of those.
 */
export function writeDirectories(
  before: Buffer,
  chain: readonly Fields[],
  order: 'II' | 'MM' = 'II',
): Buffer {
  const little = order === 'II';
  const parts: Buffer[] = [before];
  let length = before.length;
  const put = (bytes: Buffer): number => {
    const at = length;
    const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    parts.push(padded);
    length += padded.length;
    return at;
  };
  const number = (value: number, size: 2 | 4): Buffer => {
    const bytes = Buffer.alloc(size);
    if (little) bytes.writeUIntLE(value, 0, size);
    else bytes.writeUIntBE(value, 0, size);
    return bytes;
  };
  const putDirectory = (fields: Fields, next: readonly Fields[]): number => {
    const entries = Object.entries(fields);
    const directory = Buffer.alloc(2 + entries.length * 12 + 4);
    const at = put(directory);
    number(entries.length, 2).copy(directory, 0);
    entries.forEach(([tag, value], i) => {
      const { type, count, bytes } = encoded(value);
      const entry = 2 + i * 12;
      number(Number(tag), 2).copy(directory, entry);
      number(type, 2).copy(directory, entry + 2);
      number(count, 4).copy(directory, entry + 4);
      (bytes.length <= 4 ? bytes : number(put(bytes), 4)).copy(directory, entry + 8);
    });
    const [first, ...others] = next;
    if (first) number(putDirectory(first, others), 4).copy(directory, directory.length - 4);
    return at;
  };
  const encoded = (value: FieldValue): { type: number; count: number; bytes: Buffer } => {
    if (typeof value === 'string') {
      const bytes = Buffer.from(`${value}\0`, 'latin1');
      return { type: 2, count: bytes.length, bytes };
    }
    if (Buffer.isBuffer(value)) return { type: 7, count: value.length, bytes: value };
    if (typeof value === 'object' && 'offsetOf' in value) return longs([put(value.offsetOf)]);
    if (typeof value === 'object' && 'directories' in value) {
      return longs(value.directories.map((fields) => putDirectory(fields, [])));
    }
    if (typeof value === 'object' && 'rationals' in value) {
      const { bytes } = longs(value.rationals.flatMap((each) => [each, 1]));
      return { type: 5, count: value.rationals.length, bytes };
    }
    const numbers = typeof value === 'number' ? [value] : value;
    if (numbers.some((each) => each > 65_535)) return longs(numbers);
    return { type: 3, count: numbers.length, bytes: Buffer.concat(numbers.map((each) => number(each, 2))) };
  };
  const longs = (numbers: readonly number[]) => ({
    type: 4,
    count: numbers.length,
    bytes: Buffer.concat(numbers.map((each) => number(each, 4))),
  });
  const [first = {}, ...others] = chain;
  putDirectory(first, others);
  return Buffer.concat(parts);
}

/** TIFF's header, whose first directory follows it. @param magic what stands for 42. */
export function tiffHeader(
  order: 'II' | 'MM' = 'II',
  magic?: string,
  further: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(8);
  head.write(`${order}${magic ?? (order === 'II' ? '*\0' : '\0*')}`, 'latin1');
  const first = 8 + further.length;
  if (order === 'II') head.writeUInt32LE(first, 4);
  else head.writeUInt32BE(first, 4);
  return Buffer.concat([head, further]);
}
