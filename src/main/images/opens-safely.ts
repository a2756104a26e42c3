import mime from 'mime';

const documents: ReadonlySet<string> = new Set([
  'application/pdf',
  'application/json',
  'application/zip',
  'text/plain',
  'text/csv',
  'text/markdown',
]);

/**
 * Whether a file may be opened with the system's program for it. What was fetched comes from strangers: a file that the
 * system would run, or a page with scripts, is not opened by a click on its picture.
 */
export function opensSafely(path: string): boolean {
  const type = mime.getType(path) ?? '';
  return documents.has(type) || (/^(image|audio|video)\//.test(type) && type !== 'image/svg+xml');
}
