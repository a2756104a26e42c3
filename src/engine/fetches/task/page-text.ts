import { promisify } from 'node:util';
import { AttemptError } from '../protocol/fetch-errors.ts';

/** A sitemap may unpack to this many bytes (sitemaps.org). */
const mostUnpackedBytes = 50 * 1024 * 1024;

/**
 * The text of a page: unpacked, as sitemaps are kept packed (`sitemap.xml.gz`), and in the character set that it tells.
 * @throws AttemptError if it cannot be unpacked.
 */
export async function pageText(bytes: Buffer, type: string | undefined): Promise<string> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isPacked ? await unpacked(bytes) : bytes;
  return decoderFor(plain, type).decode(plain);
}

async function unpacked(bytes: Buffer): Promise<Buffer> {
  try {
    const { gunzip } = process.getBuiltinModule('node:zlib');
    return await promisify(gunzip)(bytes, { maxOutputLength: mostUnpackedBytes });
  } catch (cause) {
    throw new AttemptError('BAD_ENCODING', 'The page is packed, and cannot be unpacked.', { cause });
  }
}

/** By the header, or by the beginning of the page; UTF-8 where neither tells a set that is known. */
function decoderFor(bytes: Buffer, type: string | undefined): InstanceType<typeof TextDecoder> {
  const beginning = bytes.toString('latin1', 0, 1024);
  const told =
    /charset\s*=\s*["']?([\w-]+)/i.exec(type ?? '') ??
    /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)/i.exec(beginning) ??
    /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w-]+)/i.exec(beginning);
  try {
    return new TextDecoder(told?.[1] ?? 'utf-8');
  } catch {
    return new TextDecoder('utf-8');
  }
}
