import { readFileSync } from 'node:fs';
import { UsageError } from '../../shared/failure.ts';

/**
 * The text of a cookie file.
 * @throws UsageError when it cannot be read, or no line of it is a cookie's: seven columns, divided by tabs.
 */
export function cookieText(path: string): string {
  const text = textOf(path, 'cookie file');
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^#HttpOnly_/, ''));
  const meant = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  // No text has NUL bytes: a picture may have a line of seven columns by chance.
  const isCookies = meant.length === 0 || meant.some((line) => line.split('\t').length >= 7);
  if (text.includes('\0') || !isCookies) {
    throw new UsageError(
      `Expected cookies in the Netscape format, with tabs between seven columns, in ${path}.`,
    );
  }
  return text;
}

/**
 * The text of a file of certificates.
 * @throws UsageError when it cannot be read, or holds none in PEM.
 */
export function certificateText(path: string): string {
  const text = textOf(path, 'file of certificate authorities');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) {
    throw new UsageError(`Expected certificates in PEM (-----BEGIN CERTIFICATE-----) in ${path}.`);
  }
  // Loaded here: hardly a run has certificates of its own.
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

function textOf(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`Cannot read the ${what} ${path}: ${reason}`, { cause });
  }
}
