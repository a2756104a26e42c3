import { readThrift, type ThriftStruct } from './compact-thrift.ts';
import { ParquetFault } from './parquet-fault.ts';

/** How much a column of a row group may hold, decompressed, in bytes. */
const mostColumnBytes = 512 * 1024 * 1024;

const dataPage = 0;
const dictionaryPage = 2;
const dataPageV2 = 3;

/** In it, a few bytes may stand for any number of long texts. */
const deltaByteArray = 7;

/**
 * Looks at the headers of all pages of a column in a row group before anything is decompressed: hyparquet takes memory for
 * as much as they say.
 * @throws ParquetFault if they say more than there can be.
 */
export function checkPages(chunk: Uint8Array, rows: number, column: string): void {
  const damaged = () => new ParquetFault(`its column ${column} is damaged`);
  let offset = 0;
  let values = 0;
  let unpacked = 0;
  while (values < rows && offset < chunk.length) {
    const { struct: header, end } = readThrift(chunk, offset);
    const packedSize = numberOf(header, 3) ?? -1;
    const size = numberOf(header, 2) ?? -1;
    if (size < 0 || packedSize < 0 || packedSize > chunk.length - end) throw damaged();
    unpacked += size;
    if (unpacked > mostColumnBytes) {
      throw new ParquetFault(`its column ${column} has more than 512 MiB in one row group`);
    }
    const page = pageOf(header, packedSize, size);
    if (page === undefined || page.values < 0) throw damaged();
    if (page.encoding === deltaByteArray) {
      throw new ParquetFault(`its column ${column} is encoded as DELTA_BYTE_ARRAY, which is not read`);
    }
    if (page.isData) values += page.values;
    // A value takes a bit at least.
    else if (page.values > size * 8) throw damaged();
    if (values > rows) throw damaged();
    offset = end + packedSize;
  }
  if (values < rows) throw new ParquetFault(`its column ${column} is cut off`);
}

interface Page {
  readonly isData: boolean;
  readonly values: number;
  readonly encoding?: number | undefined;
}

function pageOf(header: ThriftStruct, packedSize: number, size: number): Page | undefined {
  switch (numberOf(header, 1)) {
    case dataPage: {
      const page = structOf(header, 5);
      return page && { isData: true, values: numberOf(page, 1) ?? -1, encoding: numberOf(page, 2) };
    }
    case dictionaryPage: {
      const page = structOf(header, 7);
      return page && { isData: false, values: numberOf(page, 1) ?? -1 };
    }
    case dataPageV2: {
      const page = structOf(header, 8);
      if (!page) return undefined;
      const values = numberOf(page, 1) ?? -1;
      const nulls = numberOf(page, 2) ?? -1;
      const levels = [numberOf(page, 5) ?? -1, numberOf(page, 6) ?? -1];
      const levelBytes = levels.reduce((sum, each) => sum + each, 0);
      if (levels.some((each) => each < 0) || levelBytes > Math.min(packedSize, size)) return undefined;
      // Columns of single values have as many of them as rows.
      if (nulls < 0 || nulls > values || numberOf(page, 3) !== values) return undefined;
      return { isData: true, values, encoding: numberOf(page, 4) };
    }
    default:
      return undefined;
  }
}

function numberOf(struct: ThriftStruct, field: number): number | undefined {
  const value = struct.get(field);
  return typeof value === 'number' ? value : undefined;
}

function structOf(struct: ThriftStruct, field: number): ThriftStruct | undefined {
  const value = struct.get(field);
  return typeof value === 'object' ? value : undefined;
}
