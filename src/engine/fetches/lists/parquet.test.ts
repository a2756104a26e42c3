import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { CompressionCodec } from 'hyparquet';
import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { readInputs, readListFile, urlsOf } from '../../../../test/read-lists.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { checkPages } from './parquet/check-pages.ts';
import { checkInputs } from './url-list.ts';

interface Column {
  readonly name: string;
  readonly data: unknown[];
  readonly type: BasicType;
}

const urls: Column = { name: 'url', data: ['http://x/1', 'http://x/2'], type: 'STRING' };

function tableOf(columnData: Column[], codec: CompressionCodec = 'SNAPPY', rowGroupSize = 1_000): Buffer {
  return Buffer.from(
    parquetWriteBuffer({
      columnData,
      codec,
      rowGroupSize,
      compressors: { GZIP: gzipSync, ZSTD: zstdCompressSync, BROTLI: brotliCompressSync },
    }),
  );
}

describe('a Parquet list', () => {
  it('has its URLs, names and digests by the columns, and keeps the others as texts', async () => {
    const sha256 = 'AB'.repeat(32);
    const table = tableOf([
      { name: 'caption', data: ['a, b', null], type: 'STRING' },
      { name: 'URL', data: ['http://x/1?a=1', 'http://x/2'], type: 'STRING' },
      { name: 'name', data: ['one.jpg', null], type: 'STRING' },
      { name: 'sha256', data: [sha256, null], type: 'STRING' },
      { name: 'width', data: [640, 480], type: 'INT32' },
      { name: 'id', data: [9_007_199_254_740_993n, 2n], type: 'INT64' },
      { name: 'safe', data: [true, false], type: 'BOOLEAN' },
      { name: 'taken', data: [new Date(0), null], type: 'TIMESTAMP' },
      { name: 'similarity', data: [0.25, null], type: 'DOUBLE' },
    ]);
    expect(await readListFile('t.parquet', table)).toEqual([
      {
        kind: 'url',
        input: 'http://x/1?a=1',
        url: 'http://x/1?a=1',
        host: 'x',
        name: 'one.jpg',
        sha256: sha256.toLowerCase(),
        columns: {
          caption: 'a, b',
          width: '640',
          id: '9007199254740993',
          safe: 'true',
          taken: '1970-01-01T00:00:00.000Z',
          similarity: '0.25',
        },
      },
      {
        kind: 'url',
        input: 'http://x/2',
        url: 'http://x/2',
        host: 'x',
        columns: { width: '480', id: '2', safe: 'false' },
      },
    ]);
  });

  it.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD', 'BROTLI'] as const)(
    'is read where it is %s',
    async (codec) => {
      expect(urlsOf(await readListFile('t.parquet', tableOf([urls], codec)))).toEqual(urls.data);
    },
  );

  it('of many row groups is read to its end, in order, whatever its name', async () => {
    const data = Array.from({ length: 2_500 }, (_, index) => `http://x/${index}`);
    const table = tableOf([{ name: 'url', data, type: 'STRING' }], 'SNAPPY', 700);
    expect(urlsOf(await readListFile('list.data', table))).toEqual(data);
  });

  it('tells the row where there is no URL, and reads on', async () => {
    const table = tableOf([{ name: 'url', data: ['http://x/1', null, 'none'], type: 'STRING' }]);
    expect(await readListFile('t.parquet', table)).toMatchObject([
      { url: 'http://x/1' },
      { error: { code: 'BAD_URL', message: expect.stringContaining('t.parquet row 2: expected an http') } },
      { error: { code: 'BAD_URL', message: expect.stringContaining('row 3') } },
    ]);
  });

  it('has its URLs in the first column if none is named url', async () => {
    const table = tableOf([{ name: 'image', data: ['http://x/1'], type: 'STRING' }]);
    expect(urlsOf(await readListFile('t.parquet', table))).toEqual(['http://x/1']);
  });

  it('without texts is wrong usage, with the names of its columns', async () => {
    const table = tableOf([{ name: 'id', data: [1], type: 'INT32' }]);
    await expect(checked(table)).rejects.toThrow(
      /cannot be read: expected a column named url, or texts in the first column; it has "id"\./,
    );
  });

  it('through standard input says why it cannot be read', async () => {
    const stdin = Readable.from([tableOf([urls])], { objectMode: false });
    const { entries } = await readInputs([{ kind: 'argument', value: '-' }], stdin);
    expect(entries).toMatchObject([
      { error: { message: expect.stringContaining('Parquet is read from a file') } },
    ]);
  });
});

describe('a hostile Parquet file', () => {
  const whole = tableOf([urls], 'UNCOMPRESSED');

  it('that is cut off is wrong usage', async () => {
    for (const length of [4, 8, 11, 12, 40, whole.length - 1]) {
      await expect(checked(whole.subarray(0, length))).rejects.toThrow(/cannot be read|no text/);
    }
  });

  it('that is encrypted says so', async () => {
    const encrypted = Buffer.from(whole);
    encrypted.write('PARE', encrypted.length - 4);
    await expect(checked(encrypted)).rejects.toThrow(/it is encrypted/);
  });

  it('with absurd metadata is refused before memory is taken', async () => {
    // A list of 2 billion structs, in a list of 2 billion lists, and structs within structs without end.
    const hostile = [
      [0x29, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07],
      [0x29, 0xf9, 0xff, 0xff, 0xff, 0xff, 0x07, 0xf9, 0xff, 0xff, 0xff, 0xff, 0x07],
      Array.from({ length: 100_000 }, () => 0x1c),
      [0x18, 0xff, 0xff, 0xff, 0xff, 0x07],
      [0x15, ...Array.from({ length: 100 }, () => 0xff)],
    ];
    for (const bytes of hostile) {
      await expect(checked(withFooter(Buffer.from(bytes)))).rejects.toThrow(/metadata is/);
    }
    const huge = withFooter(Buffer.from([0]));
    huge.writeUInt32LE(0xffff_ff00, huge.length - 8);
    await expect(checked(huge)).rejects.toThrow(/metadata is damaged/);
  });

  it('whose pages say that they have more than there is does not end in a crash', async () => {
    // Each byte of the pages and of the metadata, set to what makes numbers large or negative.
    const before = process.memoryUsage().rss;
    for (let at = 4; at < whole.length - 8; at += 1) {
      for (const value of [0x00, 0x7f, 0xff]) {
        const damaged = Buffer.from(whole);
        damaged[at] = value;
        const entries = await readListFile('d.parquet', damaged).catch((error: unknown) => {
          throw new Error(`byte ${at} as ${value}`, { cause: error });
        });
        expect(entries.length).toBeLessThanOrEqual(3);
      }
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(500 * 1024 * 1024);
  });

  it.each([
    ['unpacks to more than memory may hold', page({ size: 600 * 1024 * 1024 }), /more than 512 MiB/],
    ['has more values than its row group', page({ values: 1_000_000 }), /column url is damaged/],
    ['leads back to an earlier one', page({ packed: -20 }), /column url is damaged/],
    ['stands for endless texts in a few bytes', page({ encoding: 7 }), /DELTA_BYTE_ARRAY/],
    ['is missing', Buffer.alloc(0), /column url is cut off/],
  ])('with a page that %s is refused', (_, bytes, message) => {
    expect(() => checkPages(bytes, 100, 'url')).toThrow(message);
  });

  function withFooter(footer: Buffer): Buffer {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(footer.length);
    return Buffer.concat([Buffer.from('PAR1'), footer, size, Buffer.from('PAR1')]);
  }
});

async function checked(content: Buffer): Promise<void> {
  const path = join(tempFolder(), 'list.parquet');
  writeFileSync(path, content);
  await checkInputs([{ kind: 'argument', value: path }]);
}

/** The header of a page, in Thrift's compact form, and its byte. */
function page({ size = 1, packed = 1, values = 100, encoding = 0 }): Buffer {
  const field = (value: number): number[] => [0x15, ...varint(value < 0 ? -2 * value - 1 : 2 * value)];
  const data = [...field(values), ...field(encoding), ...field(3), ...field(3), 0];
  return Buffer.from([...field(0), ...field(size), ...field(packed), 0x2c, ...data, 0, 0]);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))];
}
