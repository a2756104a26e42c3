import { execFileSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { sampleJpeg } from '../../../test/images/sample-images.ts';
import { makeCertificates } from '../../../test/servers/certificates.ts';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { certificateText, cookieText } from './access-files.ts';

const cookie = 'a.test\tFALSE\t/\tFALSE\t0\tname\tvalue';
const { ca } = makeCertificates();
const damaged = ca.replace(/\n[^\n-]{10}/, '\nAAAAAAAAAA');

/** @returns the warnings. */
function read(content: string | Buffer): { path: string; text: string; warnings: string[] } {
  const folder = tempFolder();
  writeFiles(folder, { cookies: content });
  const path = join(folder, 'cookies');
  const warnings: string[] = [];
  return { path, text: cookieText(path, (warning) => warnings.push(warning)), warnings };
}

test.each([
  ['cookies as browsers write them', `# Netscape HTTP Cookie File\n\n${cookie}\n`],
  ['one that scripts may not read', `#HttpOnly_${cookie}\r\n`],
  ['one without a value, and without the tab before it', `${cookie}\na.test\tFALSE\t/\tFALSE\t0\tname\n`],
  ['a file that has none yet', '# Netscape HTTP Cookie File\n\n'],
  ['a file with a byte order mark', `\ufeff# Netscape HTTP Cookie File\n${cookie}`],
  [
    'one for an address, and one for a name of many letters',
    `${cookie.replace('a.test', '[::1]')}\n${cookie.replace('a.test', '.müller.de')}`,
  ],
  ['an empty file', ''],
])('is taken for a cookie file: %s', (_what, content) => {
  const { text, warnings } = read(content);
  expect(text).toBe(content);
  expect(warnings).toEqual([]);
});

test.each([
  ['a picture', async () => await sampleJpeg(1, 60, 40)],
  ['spaces instead of tabs', async () => cookie.replaceAll('\t', ' ')],
  ['JSON, as some extensions write it', async () => '[{"name":"a","value":"b"}]'],
])('is refused as a cookie file: %s', async (_what, content) => {
  const bytes = await content();
  expect(() => read(bytes)).toThrow(/^Expected cookies in the Netscape format/);
});

describe('a line that no cookie can be made of', () => {
  it.each([
    ['a domain with a space', cookie.replace('a.test', 'bad;domain com'), 'its domain is none'],
    ['a domain with a semicolon', cookie.replace('a.test', 'a;b.test'), 'its domain is none'],
    ['a domain with a port', cookie.replace('a.test', 'a.test:80'), 'its domain is none'],
    ['no domain', cookie.replace('a.test', ''), 'its domain is none'],
    ['no path', cookie.replace('\t/\t', '\tx\t'), 'its path is none'],
    ['a lone carriage return', cookie.replace('value', 'va\rlue'), 'no request can carry its name and value'],
    [
      'a control character',
      cookie.replace('value', 'va\u0001lue'),
      'no request can carry its name and value',
    ],
    ['letters beyond Latin-1', cookie.replace('value', '日本'), 'no request can carry its name and value'],
    ['such a name', cookie.replace('name', '名'), 'no request can carry its name and value'],
    ['no name and no value', cookie.replace('name\tvalue', '\t'), 'it has no name'],
    ['a time that is none', cookie.replace('\t0\t', '\tsoon\t'), 'the time that it expires at is no number'],
    ['too few columns', 'odd line', 'it has no seven columns, divided by tabs'],
  ])('is told, and the others are taken: %s', (_what, line, reason) => {
    const { path, warnings } = read(`# cookies\n${cookie}\n${line}\n`);
    expect(warnings).toEqual([`Line 3 of the cookie file ${path} is left out: ${reason}.`]);
  });

  it('is told once with all others', () => {
    const { path, warnings } = read(['odd line', cookie, 'odd line', cookie, 'odd line'].join('\n'));
    expect(warnings).toEqual([
      `3 lines of the cookie file ${path} are left out, the first is line 1: it has no seven columns, divided by tabs.`,
    ]);
  });
});

describe('what has no end, or is no file', () => {
  const readers: [string, (path: string) => string][] = [
    ['cookie file', (path) => cookieText(path, () => {})],
    ['file of certificate authorities', certificateText],
  ];

  it.each(readers)('is refused at once: as a %s', (what, read) => {
    const folder = tempFolder();
    writeFiles(folder, { large: cookie });
    truncateSync(join(folder, 'large'), 200 * 1024 ** 3);
    expect(() => read(join(folder, 'large'))).toThrow(
      `Cannot read the ${what} ${folder}/large: it is larger than 16 MiB.`,
    );
    expect(() => read(folder)).toThrow(`Cannot read the ${what} ${folder}: `);
    expect(() => read(join(folder, 'nothing'))).toThrow(`Cannot read the ${what} ${folder}/nothing: ENOENT`);
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const path of [join(folder, 'pipe'), '/dev/zero', '/dev/null'])
      expect(() => read(path)).toThrow(`Cannot read the ${what} ${path}: it is no file.`);
  });
});

test('certificates in PEM are taken, what is none and what is damaged is refused', async () => {
  const folder = tempFolder();
  const picture = await sampleJpeg(1, 60, 40);
  writeFiles(folder, { 'good.pem': ca, picture, 'text.txt': 'trust me', 'damaged.pem': ca + damaged });
  expect(certificateText(join(folder, 'good.pem'))).toBe(ca);
  for (const name of ['picture', 'text.txt']) {
    expect(() => certificateText(join(folder, name))).toThrow(/^Expected certificates in PEM \(-----BEGIN/);
  }
  expect(() => certificateText(join(folder, 'damaged.pem'))).toThrow(/damaged\.pem: number 2 is damaged\.$/);
});
