import { type FileHandle, open } from 'node:fs/promises';
import type { AsyncBuffer, Compressors, FileMetaData, ParquetScan, SchemaTree } from 'hyparquet';
import { checkPages } from './check-pages.ts';
import { readThrift } from './compact-thrift.ts';
import { ParquetFault } from './parquet-fault.ts';

/** How long the table's description of itself may be, in bytes: a few hundred for each column of a row group. */
const mostMetadataBytes = 16 * 1024 * 1024;

/** All of a row group is in memory at the same time. */
const mostRowsOfGroup = 16_777_216;

/** The columns that are texts even if their table does not say so, as older writers do not. */
const texts = new Set(['url', 'name', 'sha256', 'md5', 'caption', 'text']);

/** A column with single values, each of which has a text. */
interface Column {
  readonly name: string;
  readonly isText: boolean;
}

/** A table in a Parquet file, read one row group at a time. Every count in the file is checked before memory is taken for it. */
export class ParquetTable implements AsyncDisposable {
  /** Those with single values: lists, structs and bytes have no text. */
  readonly columns: readonly Column[];
  readonly #file: FileHandle;
  readonly #metadata: FileMetaData;
  readonly #scan: ParquetScan;
  readonly #bytes: AsyncBuffer;

  private constructor(
    file: FileHandle,
    opened: { readonly bytes: AsyncBuffer; readonly metadata: FileMetaData; readonly scan: ParquetScan },
    columns: readonly Column[],
  ) {
    this.#file = file;
    this.#bytes = opened.bytes;
    this.#metadata = opened.metadata;
    this.#scan = opened.scan;
    this.columns = columns;
  }

  /** @throws ParquetFault if it is none that can be read. */
  static async open(path: string): Promise<ParquetTable> {
    // Loaded only where it is needed: few lists are Parquet.
    const [{ parquetMetadata, parquetSchema, parquetScan }, compressors] = await Promise.all([
      import('hyparquet'),
      decompression(),
    ]);
    const file = await open(path);
    try {
      const bytes = await bytesOf(file);
      const footer = await footerOf(bytes);
      return await faultless(async () => {
        const metadata = parquetMetadata(footer, { geoparquet: false });
        const columns = parquetSchema(metadata).children.flatMap(columnOf);
        const scan = await parquetScan({
          file: bytes,
          metadata,
          compressors,
          columns: columns.map(({ name }) => name),
          useOffsetIndex: false,
        });
        return new ParquetTable(file, { bytes, metadata, scan }, columns);
      });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The rows of all columns, as texts in their order. @throws ParquetFault after the last row group that could be read. */
  async *rows(): AsyncGenerator<Iterable<readonly string[]>, void> {
    let rowStart = 0;
    for (const group of this.#metadata.row_groups) {
      const rows = Number(group.num_rows);
      if (!(rows >= 0)) throw new ParquetFault('its metadata is damaged');
      if (rows > mostRowsOfGroup) {
        throw new ParquetFault(`it says that a row group has ${rows} rows; write it with smaller ones`);
      }
      if (rows === 0) continue;
      const columns: ArrayLike<unknown>[] = [];
      for (const { name } of this.columns) {
        await this.#check(group, name, rows);
        const wanted = { column: name, rowStart, rowEnd: rowStart + rows };
        columns.push(await faultless(() => this.#scan.readColumn(wanted)));
      }
      yield rowsOf(columns, rows);
      rowStart += rows;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }

  async #check(group: FileMetaData['row_groups'][number], name: string, rows: number): Promise<void> {
    const chunk = group.columns.find((each) => each.meta_data?.path_in_schema[0] === name)?.meta_data;
    if (!chunk) throw new ParquetFault(`its column ${name} is missing in a row group`);
    const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
    const size = Number(chunk.total_compressed_size);
    const pages = await this.#bytes.slice(start, start + size);
    checkPages(new Uint8Array(pages), rows, name);
  }
}

function* rowsOf(columns: readonly ArrayLike<unknown>[], count: number): Generator<string[], void> {
  for (let row = 0; row < count; row += 1) yield columns.map((column) => textOf(column[row]));
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function columnOf({ element, children }: SchemaTree): Column[] {
  const { name, type, repetition_type, converted_type, logical_type } = element;
  if (children.length > 0 || type === undefined || repetition_type === 'REPEATED') return [];
  const isNumber = type !== 'BYTE_ARRAY' && type !== 'FIXED_LEN_BYTE_ARRAY';
  const told = converted_type ?? logical_type?.type;
  const isText =
    told === 'UTF8' ||
    told === 'ENUM' ||
    told === 'STRING' ||
    (told === undefined && texts.has(name.toLowerCase()));
  return (isNumber || isText) && type !== 'INT96' ? [{ name, isText: isText && !isNumber }] : [];
}

/** Any part of the file, or a fault where it has no such part. */
async function bytesOf(file: FileHandle): Promise<AsyncBuffer> {
  const { size: byteLength } = await file.stat();
  return {
    byteLength,
    async slice(start, end = byteLength) {
      if (!(start >= 0 && start <= end && end <= byteLength)) {
        throw new ParquetFault('it names a place outside of itself; is it cut off?');
      }
      const bytes = new Uint8Array(end - start);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
        if (bytesRead === 0) throw new ParquetFault('it became shorter while it was read');
        filled += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

/** The end of the file, which describes it. */
async function footerOf(bytes: AsyncBuffer): Promise<Uint8Array> {
  const { byteLength } = bytes;
  if (byteLength < 12) throw new ParquetFault('it is too short for Parquet');
  const end = Buffer.from(await bytes.slice(byteLength - 8));
  const magic = end.toString('latin1', 4);
  if (magic === 'PARE') throw new ParquetFault('it is encrypted');
  if (magic !== 'PAR1') throw new ParquetFault('its end is missing: it is cut off, or no Parquet');
  const size = end.readUInt32LE(0);
  if (size > mostMetadataBytes || size > byteLength - 12) throw new ParquetFault('its metadata is damaged');
  const footer = new Uint8Array(await bytes.slice(byteLength - 8 - size));
  readThrift(footer.subarray(0, size));
  return footer;
}

/** What hyparquet throws at damage: whatever it stumbles over. */
async function faultless<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ParquetFault) throw error;
    const told = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ParquetFault(`it is damaged, or of a kind that is not read (${told})`, { cause: error });
  }
}

/** Node's own, which stop at the size that a page may have; hyparquet brings Snappy. */
async function decompression(): Promise<Compressors> {
  const { brotliDecompressSync, gunzipSync, zstdDecompressSync } = await import('node:zlib');
  const bounded =
    (unpack: (bytes: Uint8Array, options: { maxOutputLength: number }) => Buffer) =>
    (bytes: Uint8Array, size: number): Uint8Array =>
      size === 0 ? new Uint8Array() : unpack(bytes, { maxOutputLength: size });
  return {
    GZIP: bounded(gunzipSync),
    BROTLI: bounded(brotliDecompressSync),
    ZSTD: bounded(zstdDecompressSync),
  };
}
