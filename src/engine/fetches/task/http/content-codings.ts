import type { Head } from '../../protocol/exchange.ts';

/** The codings that can be undone, under all their names (RFC 9110, 8.4.1). */
const byName: ReadonlyMap<string, Coding> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
  ['zstd', 'zstd'],
]);

export type Coding = 'gzip' | 'deflate' | 'br' | 'zstd';

/** Files that are themselves what a coding makes: servers often name the coding as well. */
const ownEndings: Readonly<Partial<Record<Coding, RegExp>>> = {
  gzip: /\.(gz|gzip|tgz|taz|svgz|bgz|emz|wmz|vgz|dz|cpgz)$/i,
  br: /\.(br|tbr)$/i,
  zstd: /\.(zst|zstd|tzst)$/i,
};
const ownTypes: Readonly<Partial<Record<Coding, RegExp>>> = {
  gzip: /^application\/((x-)?(gzip|gunzip|tgz|gzip-compressed)|gzipped|x-compressed-tar|x-gtar-compressed)$/i,
  br: /^application\/(x-)?(br|brotli)$/i,
  zstd: /^application\/(x-)?zstd$/i,
};

/**
 * The codings of an answer's body, in the order in which they were applied. What is no coding that can be undone
 * (`identity`, `aws-chunked`, `UTF-8` …) is left out: the bytes are then kept as they are, as none was asked for.
 */
export function codingsOf({ headers }: Head): Coding[] {
  // undici gives an array for a header that is repeated.
  const header = headers['content-encoding'];
  if (header === undefined) return [];
  const names = [header].flat().join(',').split(',');
  return names.flatMap((name) => byName.get(name.trim().toLowerCase()) ?? []);
}

/**
 * The codings to undo, so that the file is what its name says.
 * @param names by which the file goes: where one of them, or the type, says that the file is a packed one, the last
 * coding made the file itself and stays.
 */
export function codingsToUndo(head: Head, names: readonly string[]): Coding[] {
  const codings = codingsOf(head);
  const [first] = codings;
  if (first === undefined) return codings;
  const type = head.headers['content-type']?.replace(/;.*/s, '').trim() ?? '';
  const isFile = ownTypes[first]?.test(type) || names.some((name) => ownEndings[first]?.test(name));
  // The first that was applied is the innermost: all others were put around the file.
  return isFile ? codings.slice(1) : codings;
}
