import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeCertificates } from '../testing/certificates.ts';
import { sampleJpeg } from '../testing/sample-images.ts';
import { tempFolder, writeFiles } from '../testing/temp-folder.ts';
import { certificateText, cookieText } from './access-files.ts';

const cookie = 'a.test\tFALSE\t/\tFALSE\t0\tname\tvalue';
const { ca } = makeCertificates();
const damaged = ca.replace(/\n[^\n-]{10}/, '\nAAAAAAAAAA');

test.each([
  ['cookies as browsers write them', `# Netscape HTTP Cookie File\n\n${cookie}\nodd line\n`],
  ['one that scripts may not read', `#HttpOnly_${cookie}\r\n`],
  ['a file that has none yet', '# Netscape HTTP Cookie File\n\n'],
  ['an empty file', ''],
])('is taken for a cookie file: %s', (_what, text) => {
  const folder = tempFolder();
  writeFiles(folder, { cookies: text });
  expect(cookieText(join(folder, 'cookies'))).toBe(text);
});

test.each([
  ['a picture', async () => await sampleJpeg(1, 60, 40)],
  ['spaces instead of tabs', async () => cookie.replaceAll('\t', ' ')],
  ['JSON, as some extensions write it', async () => '[{"name":"a","value":"b"}]'],
])('is refused as a cookie file: %s', async (_what, content) => {
  const folder = tempFolder();
  writeFiles(folder, { cookies: await content() });
  expect(() => cookieText(join(folder, 'cookies'))).toThrow(/^Expected cookies in the Netscape format/);
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
