/**
 * The URLs of a `srcset` (HTML Living Standard, 4.8.4.2.2): candidates with commas between them, each a URL and perhaps a
 * width or density behind blanks. A comma within a URL belongs to it, one at its end does not.
 */
export function srcsetUrls(srcset: string): string[] {
  const urls: string[] = [];
  for (const [, url = '', descriptors = ''] of srcset.matchAll(
    /[\s,]*([^\s]+)((?:\s+[^,()]*(?:\([^)]*\)[^,()]*)*)?)/g,
  )) {
    // A URL that ends with commas has no descriptors: what seems to be some is the next candidate.
    const bare = url.replace(/,+$/, '');
    if (bare !== '') urls.push(bare);
    if (bare !== url && descriptors.trim() !== '') urls.push(...srcsetUrls(descriptors));
  }
  return urls;
}
