import { ParquetFault } from './parquet-fault.ts';

/** A number, or the fields of a struct by their numbers. Texts and lists are only passed over. */
type ThriftValue = number | ThriftStruct | undefined;
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

/** Parquet's own structs are nested about six deep. */
const deepest = 24;

/**
 * Reads a struct in Thrift's compact form before hyparquet does, as that takes memory for as many elements as a list says
 * it has, and follows structs however deep they are.
 * @returns the fields, and where the struct ends.
 * @throws ParquetFault where a length goes past the end.
 */
export function readThrift(
  bytes: Uint8Array,
  start = 0,
): { readonly struct: ThriftStruct; readonly end: number } {
  const reader = new CompactReader(bytes, start);
  const struct = reader.struct(0);
  return { struct, end: reader.offset };
}

class CompactReader {
  readonly #bytes: Uint8Array;
  offset: number;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  struct(depth: number): ThriftStruct {
    if (depth > deepest) throw new ParquetFault('its metadata is nested too deep');
    const fields = new Map<number, ThriftValue>();
    let field = 0;
    for (;;) {
      const head = this.#byte();
      const type = head & 0x0f;
      if (type === 0) return fields;
      const step = head >> 4;
      field = step ? field + step : this.#integer();
      fields.set(field, this.#value(type, depth));
    }
  }

  #value(type: number, depth: number): ThriftValue {
    switch (type) {
      case 1:
      case 2:
        return 2 - type;
      case 3:
        return this.#byte();
      case 4:
      case 5:
      case 6:
        return this.#integer();
      case 7:
        this.#skip(8);
        return undefined;
      case 8:
        this.#skip(this.#length());
        return undefined;
      case 9:
        return this.#list(depth);
      case 12:
        return this.struct(depth + 1);
      default:
        throw new ParquetFault('its metadata is damaged');
    }
  }

  #list(depth: number): undefined {
    if (depth > deepest) throw new ParquetFault('its metadata is nested too deep');
    const head = this.#byte();
    const type = head & 0x0f;
    const size = head >> 4 === 15 ? this.#length() : head >> 4;
    // Each element takes a byte at least.
    if (size > this.#bytes.length - this.offset) throw new ParquetFault('its metadata is damaged');
    for (let index = 0; index < size; index += 1) {
      if (type === 1 || type === 2) this.#skip(1);
      else this.#value(type, depth + 1);
    }
  }

  #length(): number {
    const length = this.#varint();
    if (length < 0) throw new ParquetFault('its metadata is damaged');
    return length;
  }

  #integer(): number {
    const value = this.#varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** In 32 bits, as hyparquet reads it: both have to see the same number. */
  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 0x7f) << shift;
      if (!(byte & 0x80)) return value;
    }
    throw new ParquetFault('its metadata is damaged');
  }

  #byte(): number {
    const byte = this.#bytes[this.offset];
    if (byte === undefined) throw new ParquetFault('its metadata is cut off');
    this.offset += 1;
    return byte;
  }

  #skip(length: number): void {
    if (length > this.#bytes.length - this.offset) throw new ParquetFault('its metadata is cut off');
    this.offset += length;
  }
}
