import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { asNobody, ownedByNobody } from '../../test/nobody.ts';
import { Shell } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

/** A server that answers every path, and a folder for lists and downloads. */
async function place() {
  const server = await startServer((request, response) => response.end(request.url));
  const folder = tempFolder();
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const out = join(folder, 'out');
  return { origin: server.origin, write, out, [Symbol.asyncDispose]: server.close };
}

const codeOf = (result: Readonly<Record<string, unknown>>) => (result.error as { code: string }).code;

test.each(['txt', 'csv', 'jsonl'])(
  'a gzipped list that is cut short is fetched as far as it goes, and that is told: %s',
  async (format) => {
    await using here = await place();
    const count = 3_000;
    const urls = Array.from({ length: count }, (_, index) => `${here.origin}/${index}-${Math.random()}`);
    const text = {
      txt: urls.join('\n'),
      csv: `url,id\n${urls.map((url, index) => `${url},${index}`).join('\n')}`,
      jsonl: urls.map((url) => JSON.stringify({ url })).join('\n'),
    }[format as 'txt'];
    const list = here.write(`urls.${format}.gz`, gzipSync(text).subarray(0, -200));
    const { code, results, summary, stderr } = await new Shell().json(['fetch', list, '--out', here.out]);
    const failed = results.filter(({ status }) => status === 'failed');
    expect([code, stderr, failed.length]).toEqual([1, '', 1]);
    expect(failed[0]).toMatchObject({
      input: `urls.${format}.gz`,
      error: {
        code: 'BAD_LIST_LINE',
        message: expect.stringMatching(
          /^urls\.\w+\.gz line \d+ is the last that can be read: unexpected end of file\.$/,
        ),
      },
    });
    const fetched = results.filter(({ status }) => status === 'done').map(({ input }) => String(input));
    // 200 bytes pack some dozens of such lines.
    expect(fetched.length).toBeGreaterThan(count - 100);
    expect(fetched.sort()).toEqual(urls.slice(0, fetched.length).sort());
    expect(summary?.total).toBe(fetched.length + 1);
  },
);

test('a list that is no gzip after its first bytes is one failure beside the others', async () => {
  await using here = await place();
  const broken = here.write('broken.gz', Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  const good = here.write('good.txt', `${here.origin}/a`);
  const { code, results } = await new Shell().json(['fetch', broken, good, '--out', here.out]);
  expect([code, results.length]).toEqual([1, 2]);
  const failed = results.filter(({ status }) => status === 'failed');
  expect(failed.map(codeOf)).toEqual(['BAD_LIST_LINE']);
});

test('a list or a report that may not be read is wrong usage, and nothing starts', async () => {
  await using here = await place();
  const list = here.write('urls.txt', `${here.origin}/a`);
  chmodSync(list, 0o000);
  const state = tempFolder();
  ownedByNobody(state);
  for (const args of [[list], ['--retry-failed', list]]) {
    const settings = { ...asNobody, cwd: state };
    const { code, stdout, stderr } = await new Shell(state).run(['fetch', ...args], settings);
    expect([code, stdout, stderr]).toEqual([2, '', `shoal: Cannot read ${list}: permission denied.\n`]);
  }
});

test('a picture given as a list is wrong usage; packed or piped it is one failure', async () => {
  await using here = await place();
  const image = await sampleJpeg(1, 200, 100);
  const picture = here.write('photo.jpg', image);
  const refused = await new Shell().run(['fetch', picture, `${here.origin}/a`, '--out', here.out]);
  expect(refused).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `shoal: Expected a list of URLs, got ${picture}, which is no text.\n`,
  });
  const packed = here.write('photo.gz', gzipSync(image));
  const { code, results } = await new Shell().json(['fetch', packed, `${here.origin}/a`, '--out', here.out]);
  expect([code, results.length]).toEqual([1, 2]);
  expect(results.find(({ status }) => status === 'failed')).toMatchObject({
    input: 'photo.gz',
    error: { code: 'BAD_LIST_LINE', message: 'photo.gz cannot be read: it is no text.' },
  });
});

test('a line as long as a book is told by its beginning', async () => {
  await using here = await place();
  const list = here.write('long.txt', `${'x'.repeat(100_000)}\n${here.origin}/a`);
  const { results } = await new Shell().json(['fetch', list, '--out', here.out]);
  const [failed] = results.filter(({ status }) => status === 'failed');
  expect(String(failed?.input)).toMatch(/^x+…$/);
  expect(JSON.stringify(failed).length).toBeLessThan(5_000);
});

test('a list as PowerShell writes it is fetched', async () => {
  await using here = await place();
  const list = here.write(
    'urls.txt',
    Buffer.from(`\ufeff${here.origin}/a\r\n${here.origin}/b\r\n`, 'utf16le'),
  );
  const { code, results } = await new Shell().json(['fetch', list, '--out', here.out]);
  expect(code).toBe(0);
  expect(results.map(({ input }) => input).sort()).toEqual([`${here.origin}/a`, `${here.origin}/b`]);
});

test('a CSV without a column of that name is told once, with the names it has', async () => {
  await using here = await place();
  const list = here.write('links.csv', `id,link\n1,${here.origin}/a\n2,${here.origin}/b\n`);
  const { code, stderr } = await new Shell().run(['fetch', list, '--out', here.out]);
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n')).toEqual([
    'failed   links.csv cannot be read: expected a header with a column named url, or URLs in the first column; the first line is "id", "link". [BAD_LIST_LINE]',
  ]);
});

test('a quotation mark that is not closed is told as that', async () => {
  await using here = await place();
  const list = here.write('nl.csv', `url,name\n${here.origin}/a,"one\n${here.origin}/b,two\n`);
  const { code, stderr } = await new Shell().run(['fetch', list, '--out', here.out]);
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n')).toEqual([
    'failed   nl.csv cannot be read: a quotation mark is opened and never closed. [BAD_LIST_LINE]',
  ]);
});

test('a CSV with semicolons, as spreadsheets write it where a comma is for decimals, is fetched by its header', async () => {
  await using here = await place();
  const list = here.write('z.csv', `url;name;id\r\n${here.origin}/z1;z one.txt;4\r\n`);
  const { code, results } = await new Shell().json(['fetch', list, '--out', here.out]);
  expect(code).toBe(0);
  expect(results).toMatchObject([
    { input: `${here.origin}/z1`, output: join(here.out, 'z one.txt'), columns: { id: '4' } },
  ]);
});
