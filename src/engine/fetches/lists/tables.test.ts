import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readInputs, readListFile, urlsOf } from '../../../../test/read-lists.ts';

describe('a table', () => {
  it('in CSV has its URLs by the header, its own columns, and keeps the others', async () => {
    const sha256 = 'AB'.repeat(32);
    const csv = `caption,url,name,sha256\n"a, b",http://x/1?a=1,one.jpg,${sha256}\n,http://x/2,,\n`;
    expect(await readListFile('t.csv', csv)).toEqual([
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
    expect(urlsOf(await readListFile('u.csv', 'http://x/1,one\nhttp://x/2,two'))).toEqual([
      'http://x/1',
      'http://x/2',
    ]);
  });

  it('in TSV is known by its tabs, also from standard input', async () => {
    const stdin = Readable.from([Buffer.from('name\turl\none\thttp://x/1\n')], { objectMode: false });
    const { entries } = await readInputs([{ kind: 'argument', value: '-' }], stdin);
    expect(entries).toMatchObject([{ url: 'http://x/1', name: 'one' }]);
  });

  it.each([
    ['id,link\n1,http://x/1\n2,http://x/2\n', '"id", "link"'],
    ['1,http://x/1\n2,http://x/2\n', '"1", "http://x/1"'],
  ])(
    'whose URLs stand in a column that is not named url is one failure, not one a row: %j',
    async (csv, names) => {
      const message = `link.csv cannot be read: expected a header with a column named url, or URLs in the first column; the first line is ${names}.`;
      expect(await readListFile('link.csv', csv)).toMatchObject([
        { kind: 'rejected', input: 'link.csv', error: { code: 'BAD_LIST_LINE', message } },
      ]);
    },
  );

  it('tells in which column it looked for a URL, and reads on where a line has none', async () => {
    const headless = await readListFile('h.csv', 'a title,x\nhttp://x/1,one\nnone,two\nhttp://x/2,\n');
    expect(urlsOf(headless)).toEqual(['BAD_URL', 'http://x/1', 'BAD_URL', 'http://x/2']);
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
    expect(urlsOf(await readListFile('o.csv', 'only,this'))).toEqual(['BAD_URL']);
    const [row] = await readListFile('v.csv', 'url,id\n,7\n');
    expect(row).toMatchObject({ error: { message: expect.stringContaining('in the column url, got ""') } });
    const [object] = await readListFile('v.jsonl', '{"link":"http://x/1"}\n');
    expect(object).toMatchObject({ error: { message: expect.stringContaining('in a field named url') } });
  });

  it.each([
    ['q', 'a quotation mark is opened and never closed'],
    ['q'.repeat(2_000_000), 'a row is longer than 1 MiB; is a quotation mark not closed?'],
  ])('in which a quotation mark is not closed is read up to there', async (rest, why) => {
    const csv = `url,name\nhttp://x/1,one\nhttp://x/2,"two\nhttp://x/3,${rest}\nhttp://x/4,four\n`;
    const message = `q.csv line 2 is the last that can be read: ${why}.`;
    expect(await readListFile('q.csv', csv)).toMatchObject([
      { url: 'http://x/1', name: 'one' },
      { kind: 'rejected', input: 'q.csv', error: { code: 'BAD_LIST_LINE', message } },
    ]);
  });

  it('tells rows with a wrong checksum or without a URL by their line', async () => {
    const entries = await readListFile('w.csv', 'url,sha256\nhttp://x/1,123\nnonsense,\n');
    expect(entries).toMatchObject([
      { kind: 'rejected', error: { code: 'BAD_LIST_LINE', message: expect.stringContaining('line 2') } },
      { kind: 'rejected', error: { code: 'BAD_URL', message: expect.stringContaining('line 3') } },
    ]);
  });
});

describe('a table loses nothing', () => {
  it('of rows whose first cell begins with #, nor a header that does', async () => {
    for (const name of ['n.csv', 'n.tsv']) {
      const tab = name.endsWith('tsv') ? '\t' : ',';
      const text = '# exported today\n#id,url\n#1,http://x/1\n"#2",http://x/2\n3,http://x/3\n';
      expect(await readListFile(name, text.replaceAll(',', tab))).toMatchObject([
        { url: 'http://x/1', columns: { '#id': '#1' } },
        { url: 'http://x/2', columns: { '#id': '#2' } },
        { url: 'http://x/3', columns: { '#id': '3' } },
      ]);
    }
  });

  it('but lines that have a comment in the place of a URL', async () => {
    expect(urlsOf(await readListFile('c.csv', 'url,name\n#http://x/1,a\nhttp://x/2,b\n'))).toEqual([
      'http://x/2',
    ]);
    expect(urlsOf(await readListFile('c2.csv', '# these\nhttp://x/1\n#http://x/2\n'))).toEqual([
      'http://x/1',
    ]);
  });

  it.each([
    ['one column', 'url\nhttp://x/w_300,h_200/a.jpg\n'],
    ['no header', 'http://x/w_300,h_200/a.jpg\n'],
    ['no header and other lines', 'http://x/b.jpg\nhttp://x/w_300,h_200/a.jpg\nhttp://x/Paris,_France.jpg\n'],
    ['no header and a query', 'http://x/a?ids=1,2,3\n'],
    ['quotation marks', 'name,url\nq.jpg,"http://x/w_300,h_200/a.jpg"\n'],
  ])('of a URL with commas: %s', async (_name, csv) => {
    const wanted = csv.split('\n').flatMap((line) => /http:[^"]*/.exec(line)?.[0] ?? []);
    expect(urlsOf(await readListFile('commas.csv', csv))).toEqual(wanted);
  });

  it('of a row with more cells than its header: it fails with its line', async () => {
    const csv = 'name,url\nq.jpg,http://x/w_300,h_200/d.jpg\nr.jpg,http://x/2,,\n';
    expect(await readListFile('more.csv', csv)).toMatchObject([
      {
        kind: 'rejected',
        error: { code: 'BAD_LIST_LINE', message: expect.stringContaining('more.csv line 2') },
      },
      { url: 'http://x/2', name: 'r.jpg' },
    ]);
  });

  it('of the cells of a table without a header', async () => {
    const [entry] = await readListFile('headless.csv', 'http://x/1,one,two\n');
    expect(entry).toMatchObject({ url: 'http://x/1', columns: { 'column 2': 'one', 'column 3': 'two' } });
  });

  it('where Excel is told its delimiter, or lines end with a lone CR', async () => {
    expect(await readListFile('e.csv', 'sep=;\r\nname;url\r\na;http://x/1,2\r\n')).toMatchObject([
      { url: 'http://x/1,2', name: 'a' },
    ]);
    expect(urlsOf(await readListFile('sep.csv', '\ufeffsep=;\nhttp://x/1;a\n'))).toEqual(['http://x/1']);
    expect(urlsOf(await readListFile('cr.csv', 'url,name\rhttp://x/1,a\rhttp://x/2,b\r'))).toEqual([
      'http://x/1',
      'http://x/2',
    ]);
    expect(urlsOf(await readListFile('cr.txt', 'http://x/1\rhttp://x/2\r\nhttp://x/3\r'))).toEqual([
      'http://x/1',
      'http://x/2',
      'http://x/3',
    ]);
  });
});
