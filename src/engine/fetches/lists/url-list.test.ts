import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInputs, readListFile, urlsOf } from '../../../../test/read-lists.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { formatOf } from './list-stream.ts';
import { checkInputs } from './url-list.ts';

describe('a text list', () => {
  it('has one URL a line; blank lines and comments are skipped, spaces and Windows line ends dropped', async () => {
    const entries = await readListFile(
      'a.txt',
      '# comment\r\n\r\n  http://x/1  \r\nhttp://x/2\n\nhttp://x/3',
    );
    expect(urlsOf(entries)).toEqual(['http://x/1', 'http://x/2', 'http://x/3']);
  });

  it('tells lines that are no URL with their number', async () => {
    const entries = await readListFile('b.txt', 'http://x/1\nnot a url\nftp://x/2\n/etc/passwd');
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
    const { entries, duplicates } = await readInputs([{ kind: 'text', text }]);
    expect(urlsOf(entries)).toEqual(['http://x/a', 'http://x/b']);
    expect(duplicates).toBe(2);
  });

  it('may hold ranges', async () => {
    expect(urlsOf(await readListFile('r.txt', 'http://x/[1-3].jpg'))).toHaveLength(3);
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
          const { entries, duplicates } = await readInputs([{ kind: 'argument', value: '-' }], stdin);
          expect(entries.length + duplicates).toBe(list.filter((url) => !url.startsWith('#')).length);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('JSON lines', () => {
  it('are objects with a url, or bare strings; other fields are kept', async () => {
    const lines = '{"url":"http://x/1","name":"a","tags":["b"]}\n"http://x/2"\n\nnull\n{broken\n';
    expect(await readListFile('j.jsonl', lines)).toMatchObject([
      { url: 'http://x/1', name: 'a', columns: { tags: '["b"]' } },
      { url: 'http://x/2' },
      { kind: 'rejected', error: { message: expect.stringContaining('line 4') } },
      { kind: 'rejected', input: '{broken', error: { message: expect.stringContaining('line 5') } },
    ]);
  });
});

describe('any list', () => {
  it.each(['l.txt.gz', 'l.csv.gz', 'gzip-by-its-bytes'])('may be gzipped: %s', async (name) => {
    expect(urlsOf(await readListFile(name, gzipSync('http://x/1\nhttp://x/2\n')))).toEqual([
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
      expect(urlsOf(await readListFile(name, bytes))).toEqual(['http://x/%C3%A9', 'http://x/2']);
    }
  });

  it('may be empty', async () => {
    expect(await readListFile('empty.txt', '')).toEqual([]);
  });

  it('may carry credentials in its URLs, which no input shows', async () => {
    const [entry] = await readListFile('c.txt', 'http://me:pass%20word@x/1');
    expect(entry).toMatchObject({
      input: 'http://x/1',
      url: 'http://x/1',
      credentials: { user: 'me', password: 'pass word' },
    });
    const [rejected] = await readListFile('d.txt', 'ftp://me:secret@x/1');
    expect(JSON.stringify(rejected)).not.toContain('secret');
    const [within] = await readListFile('w.txt', 'see http://me:secret@x/1');
    expect(within).toMatchObject({ input: 'http://x/1', credentials: { user: 'me', password: 'secret' } });
    for (const line of ['{"link":"http://me:secret@x/1"}', '{"url":"http://me:secret@x/1",}']) {
      for (const name of ['lines.txt', 'lines.jsonl']) {
        const entries = await readListFile(name, line);
        expect(JSON.stringify(entries)).not.toContain('secret');
        expect(entries).toMatchObject([{ kind: 'rejected' }]);
      }
    }
    const [tooMany] = await readListFile('e.txt', 'http://me:secret@x/[1-99999999999]');
    expect(tooMany).toMatchObject({ kind: 'rejected', input: 'http://x/[1-99999999999]' });
    expect(JSON.stringify(tooMany)).not.toContain('secret');
  });

  it('that is not there, or is a folder, is wrong usage', async () => {
    const check = (value: string) => checkInputs([{ kind: 'argument', value }]);
    await expect(check(join(tempFolder(), 'none.txt'))).rejects.toThrow('there is no such file');
    await expect(check(tempFolder())).rejects.toThrow('got the folder');
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
    const path = join(tempFolder(), 'report.ndjson');
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
    const { entries } = await readInputs([{ kind: 'report', path }]);
    expect(entries).toMatchObject([
      { url: 'http://x/2', name: 'two', columns: { id: '7' } },
      { url: 'http://x/3' },
    ]);
  });

  it('may come from standard input', async () => {
    const report = '{"type":"result","status":"failed","input":"http://x/2"}\n';
    const stdin = Readable.from([Buffer.from(report)], { objectMode: false });
    await expect(checkInputs([{ kind: 'report', path: '-' }])).resolves.toBeUndefined();
    const { entries } = await readInputs([{ kind: 'report', path: '-' }], stdin);
    expect(urlsOf(entries)).toEqual(['http://x/2']);
  });
});
