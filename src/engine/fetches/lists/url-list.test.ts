import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { UrlInput } from '../../../shared/requests.ts';
import type { ListEntry } from './list-entry.ts';
import { formatOf } from './list-stream.ts';
import { checkInputs, urlList } from './url-list.ts';

const folder = mkdtempSync(join(tmpdir(), 'shoal-lists-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(
  inputs: UrlInput[],
  stdin = Readable.from([]),
): Promise<{ entries: ListEntry[]; duplicates: number }> {
  const entries: ListEntry[] = [];
  let duplicates = 0;
  const options = {
    stdin,
    onDuplicates: (count: number) => {
      duplicates = count;
    },
  };
  for await (const batch of urlList(inputs, options)) entries.push(...batch);
  return { entries, duplicates };
}

async function readFile(name: string, content: string | Buffer): Promise<ListEntry[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return (await read([{ kind: 'argument', value: path }])).entries;
}

const urls = (entries: ListEntry[]) =>
  entries.map((entry) => (entry.kind === 'url' ? entry.url : entry.error.code));

describe('a text list', () => {
  it('has one URL a line; blank lines and comments are skipped, spaces and Windows line ends dropped', async () => {
    const entries = await readFile('a.txt', '# comment\r\n\r\n  http://x/1  \r\nhttp://x/2\n\nhttp://x/3');
    expect(urls(entries)).toEqual(['http://x/1', 'http://x/2', 'http://x/3']);
  });

  it('tells lines that are no URL with their number', async () => {
    const entries = await readFile('b.txt', 'http://x/1\nnot a url\nftp://x/2\n/etc/passwd');
    expect(entries.slice(1)).toMatchObject([
      {
        kind: 'rejected',
        input: 'not a url',
        error: { code: 'BAD_URL', message: expect.stringContaining('b.txt line 2') },
      },
      { kind: 'rejected', error: { code: 'UNSUPPORTED_SCHEME', message: expect.stringContaining('line 3') } },
      { kind: 'rejected', error: { code: 'BAD_URL', message: expect.stringContaining('line 4') } },
    ]);
  });

  it('keeps duplicates once, also where they are only written differently, and counts the others', async () => {
    const text = 'http://X/a\nhttp://x/a#top\nhttp://x:80/a\nhttp://x/b';
    const { entries, duplicates } = await read([{ kind: 'text', text }]);
    expect(urls(entries)).toEqual(['http://x/a', 'http://x/b']);
    expect(duplicates).toBe(2);
  });

  it('may hold ranges', async () => {
    expect(urls(await readFile('r.txt', 'http://x/[1-3].jpg'))).toHaveLength(3);
  });

  it('loses no line wherever the stream is cut into pieces', async () => {
    const lines = fc.array(fc.webUrl({ withQueryParameters: true }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        lines,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        async (list, sizes) => {
          const bytes = Buffer.from(list.join('\n'));
          const pieces: Buffer[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            pieces.push(bytes.subarray(at, at + size));
            at += size;
          }
          const stdin = Readable.from(pieces, { objectMode: false });
          const { entries, duplicates } = await read([{ kind: 'argument', value: '-' }], stdin);
          expect(entries.length + duplicates).toBe(list.filter((url) => !url.startsWith('#')).length);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a table', () => {
  it('in CSV has its URLs by the header, its own columns, and keeps the others', async () => {
    const sha256 = 'AB'.repeat(32);
    const csv = `caption,url,name,sha256\n"a, b",http://x/1?a=1,one.jpg,${sha256}\n,http://x/2,,\n`;
    expect(await readFile('t.csv', csv)).toEqual([
      {
        kind: 'url',
        input: 'http://x/1?a=1',
        url: 'http://x/1?a=1',
        host: 'x',
        name: 'one.jpg',
        sha256: sha256.toLowerCase(),
        columns: { caption: 'a, b' },
      },
      { kind: 'url', input: 'http://x/2', url: 'http://x/2', host: 'x' },
    ]);
  });

  it('without a header has its URLs in the first column', async () => {
    expect(urls(await readFile('u.csv', 'http://x/1,one\nhttp://x/2,two'))).toEqual([
      'http://x/1',
      'http://x/2',
    ]);
  });

  it('in TSV is known by its tabs, also from standard input', async () => {
    const stdin = Readable.from([Buffer.from('name\turl\none\thttp://x/1\n')], { objectMode: false });
    const { entries } = await read([{ kind: 'argument', value: '-' }], stdin);
    expect(entries).toMatchObject([{ url: 'http://x/1', name: 'one' }]);
  });

  it.each([
    ['id,link\n1,http://x/1\n2,http://x/2\n', '"id", "link"'],
    ['1,http://x/1\n2,http://x/2\n', '"1", "http://x/1"'],
  ])(
    'whose URLs stand in a column that is not named url is one failure, not one a row: %j',
    async (csv, names) => {
      const message = `link.csv cannot be read: expected a header with a column named url, or URLs in the first column; the first line is ${names}.`;
      expect(await readFile('link.csv', csv)).toMatchObject([
        { kind: 'rejected', input: 'link.csv', error: { code: 'BAD_LIST_LINE', message } },
      ]);
    },
  );

  it('tells in which column it looked for a URL, and reads on where a line has none', async () => {
    const headless = await readFile('h.csv', 'a title,x\nhttp://x/1,one\nnone,two\nhttp://x/2,\n');
    expect(urls(headless)).toEqual(['BAD_URL', 'http://x/1', 'BAD_URL', 'http://x/2']);
    expect(headless).toMatchObject([
      {
        error: {
          message: expect.stringContaining('line 1: expected an http or https URL in the first column'),
        },
      },
      {},
      {},
      {},
    ]);
    expect(urls(await readFile('o.csv', 'only,this'))).toEqual(['BAD_URL']);
    const [row] = await readFile('v.csv', 'url,id\n,7\n');
    expect(row).toMatchObject({ error: { message: expect.stringContaining('in the column url, got ""') } });
    const [object] = await readFile('v.jsonl', '{"link":"http://x/1"}\n');
    expect(object).toMatchObject({ error: { message: expect.stringContaining('in a field named url') } });
  });

  it.each([
    ['q', 'a quotation mark is opened and never closed'],
    ['q'.repeat(2_000_000), 'a row is longer than 1 MiB; is a quotation mark not closed?'],
  ])('in which a quotation mark is not closed is read up to there', async (rest, why) => {
    const csv = `url,name\nhttp://x/1,one\nhttp://x/2,"two\nhttp://x/3,${rest}\nhttp://x/4,four\n`;
    const message = `q.csv line 2 is the last that can be read: ${why}.`;
    expect(await readFile('q.csv', csv)).toMatchObject([
      { url: 'http://x/1', name: 'one' },
      { kind: 'rejected', input: 'q.csv', error: { code: 'BAD_LIST_LINE', message } },
    ]);
  });

  it('tells rows with a wrong checksum or without a URL by their line', async () => {
    const entries = await readFile('w.csv', 'url,sha256\nhttp://x/1,123\nnonsense,\n');
    expect(entries).toMatchObject([
      { kind: 'rejected', error: { code: 'BAD_LIST_LINE', message: expect.stringContaining('line 2') } },
      { kind: 'rejected', error: { code: 'BAD_URL', message: expect.stringContaining('line 3') } },
    ]);
  });
});

describe('JSON lines', () => {
  it('are objects with a url, or bare strings; other fields are kept', async () => {
    const lines = '{"url":"http://x/1","name":"a","tags":["b"]}\n"http://x/2"\n\nnull\n{broken\n';
    expect(await readFile('j.jsonl', lines)).toMatchObject([
      { url: 'http://x/1', name: 'a', columns: { tags: '["b"]' } },
      { url: 'http://x/2' },
      { kind: 'rejected', error: { message: expect.stringContaining('line 4') } },
      { kind: 'rejected', input: '{broken', error: { message: expect.stringContaining('line 5') } },
    ]);
  });
});

describe('any list', () => {
  it.each(['l.txt.gz', 'l.csv.gz', 'gzip-by-its-bytes'])('may be gzipped: %s', async (name) => {
    expect(urls(await readFile(name, gzipSync('http://x/1\nhttp://x/2\n')))).toEqual([
      'http://x/1',
      'http://x/2',
    ]);
  });

  it.each([
    ['u16.txt', 'http://x/é\r\nhttp://x/2\r\n'],
    ['u16.csv', 'name,url\r\né,http://x/é\r\nb,http://x/2\r\n'],
    ['u16.jsonl', '{"url":"http://x/é"}\r\n{"url":"http://x/2"}\r\n'],
  ])('may be UTF-16 with its mark, of either order, also gzipped: %s', async (name, text) => {
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big, gzipSync(little)]) {
      expect(urls(await readFile(name, bytes))).toEqual(['http://x/%C3%A9', 'http://x/2']);
    }
  });

  it('may be empty', async () => {
    expect(await readFile('empty.txt', '')).toEqual([]);
  });

  it('may carry credentials in its URLs, which no input shows', async () => {
    const [entry] = await readFile('c.txt', 'http://me:pass%20word@x/1');
    expect(entry).toMatchObject({
      input: 'http://x/1',
      url: 'http://x/1',
      credentials: { user: 'me', password: 'pass word' },
    });
    const [rejected] = await readFile('d.txt', 'ftp://me:secret@x/1');
    expect(JSON.stringify(rejected)).not.toContain('secret');
    for (const line of [
      'see http://me:secret@x/1',
      '{"link":"http://me:secret@x/1"}',
      '{"url":"http://me:secret@x/1",}',
    ]) {
      for (const name of ['lines.txt', 'lines.jsonl']) {
        const entries = await readFile(name, line);
        expect(JSON.stringify(entries)).not.toContain('secret');
        expect(entries).toMatchObject([{ kind: 'rejected' }]);
      }
    }
    const [tooMany] = await readFile('e.txt', 'http://me:secret@x/[1-99999999999]');
    expect(tooMany).toMatchObject({ kind: 'rejected', input: 'http://x/[1-99999999999]' });
    expect(JSON.stringify(tooMany)).not.toContain('secret');
  });

  it('that is not there, or is a folder, is wrong usage', async () => {
    const check = (value: string) => checkInputs([{ kind: 'argument', value }]);
    await expect(check(join(folder, 'none.txt'))).rejects.toThrow('there is no such file');
    await expect(check(folder)).rejects.toThrow('got the folder');
    await expect(check('http://x/1')).resolves.toBeUndefined();
  });

  it.each([
    ['', 'http://x/a,b\n', 'text'],
    ['', 'http://x/a;url\n', 'text'],
    ['', '# c\nid,URL\n', ','],
    ['', '"id";"url"\n', ';'],
    ['', 'http://x/a\tb\n', '\t'],
    ['', '{"url":1}', 'json-lines'],
    ['a.csv', 'http://x/a;v=1\n', ','],
    ['a.csv', 'url;name\n', ';'],
    ['a.csv.gz', 'url\tname\n', '\t'],
    ['a.csv', 'id;link\n', ';'],
    ['a.csv', 'url\n', ','],
    ['a.tsv', 'http://x/a\n', '\t'],
    ['a.JSONL', 'http://x/a\n', 'json-lines'],
    ['a.txt', 'url;name\n', ';'],
  ])('is told by its name, and by how it begins: %j %j', (name, head, expected) => {
    const format = formatOf(name, head);
    expect(format.kind === 'table' ? format.delimiter : format.kind).toBe(expected);
  });
});

describe('a former report', () => {
  it('gives what failed or was cancelled, with what its list asked of it', async () => {
    const path = join(folder, 'report.ndjson');
    const events = [
      { type: 'result', status: 'done', input: 'http://x/1' },
      {
        type: 'result',
        status: 'failed',
        input: 'http://x/2',
        listed: { name: 'two' },
        columns: { id: '7' },
      },
      { type: 'result', status: 'cancelled', input: 'http://x/3' },
      { type: 'summary', total: 3 },
    ];
    writeFileSync(path, `${events.map((event) => JSON.stringify(event)).join('\n')}\nnot json\n`);
    const { entries } = await read([{ kind: 'report', path }]);
    expect(entries).toMatchObject([
      { url: 'http://x/2', name: 'two', columns: { id: '7' } },
      { url: 'http://x/3' },
    ]);
  });
});
