import { UsageError } from '../../shared/failure.ts';
import { readSmallFile } from '../files/read-small-file.ts';
import { type Netrc, parseNetrc } from './protocol/netrc.ts';
import { cookieLinesOf, parseCookieLine } from './protocol/netscape-cookies.ts';

/**
 * The text of a cookie file. Unusable lines are reported together, in one warning.
 * @throws UsageError when the file cannot be read, or no line of it is a cookie: seven columns, divided by tabs.
 */
export function cookieText(path: string, onWarning: (warning: string) => void): string {
  const text = readSmallFile(path, 'cookie file').toString('utf8');
  const lines = cookieLinesOf(text);
  const parsed = lines.map(parseCookieLine);
  const isCookies =
    parsed.every(({ kind }) => kind === 'none') || lines.some((line) => line.split('\t').length >= 7);
  // No text has NUL bytes, but a picture may by chance have a line of seven columns.
  if (text.includes('\0') || !isCookies) {
    throw new UsageError(
      `Expected cookies in the Netscape format, with tabs between seven columns, in ${path}.`,
    );
  }
  const first = parsed.findIndex(({ kind }) => kind === 'bad');
  const found = parsed[first];
  if (found?.kind === 'bad') {
    const count = parsed.filter(({ kind }) => kind === 'bad').length;
    const which =
      count === 1
        ? `Line ${first + 1} of the cookie file ${path} is left out`
        : `${count} lines of the cookie file ${path} are left out, the first is line ${first + 1}`;
    onWarning(`${which}: ${found.reason}.`);
  }
  return text;
}

/** @throws UsageError when the file cannot be read, or has no login. */
export function netrcOf(path: string): Netrc {
  const text = readSmallFile(path, 'netrc file').toString('utf8');
  const netrc = parseNetrc(text);
  if (netrc.size === 0 || text.includes('\0')) {
    throw new UsageError(
      `Expected a netrc file, with lines such as "machine example.com login me password …", got ${path}.`,
    );
  }
  return netrc;
}

/**
 * The text of a file of certificates.
 * @throws UsageError when it cannot be read, or holds none in PEM.
 */
export function certificateText(path: string): string {
  const text = readSmallFile(path, 'file of certificate authorities').toString('utf8');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) {
    throw new UsageError(`Expected certificates in PEM (-----BEGIN CERTIFICATE-----) in ${path}.`);
  }
  // Loaded here, because few runs have certificates of their own.
  const { X509Certificate } = process.getBuiltinModule('node:crypto');
  for (const [at, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch (cause) {
      throw new UsageError(`Expected certificates in PEM in ${path}: number ${at + 1} is damaged.`, {
        cause,
      });
    }
  }
  return text;
}
