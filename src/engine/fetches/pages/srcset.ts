/** The longest `srcset` that is read, in characters. */
const longestSet = 64 * 1024;

/**
 * The URLs of a `srcset` (HTML Living Standard, 4.8.4.2.2): candidates with commas between them, each a URL and perhaps a
 * width or density behind blanks. A comma within a URL belongs to it, one at its end does not.
 */
export function srcsetUrls(srcset: string): string[] {
  const urls: string[] = [];
  /** Whether the last word was a URL, so that what follows up to a comma describes it. */
  let isDescribed = false;
  for (const word of srcset.slice(0, longestSet).split(/\s+/)) {
    if (word === '') continue;
    if (isDescribed) {
      isDescribed = !word.includes(',');
      // A descriptor may have the next URL right behind its comma.
      const next = isDescribed ? '' : word.slice(word.indexOf(',') + 1);
      isDescribed = add(next, urls) || isDescribed;
    } else {
      isDescribed = add(word, urls);
    }
  }
  return urls;
}

/** @returns whether descriptors may follow: a comma at its end ends a candidate. */
function add(word: string, urls: string[]): boolean {
  let [begin, end] = [0, word.length];
  while (word[begin] === ',') begin += 1;
  while (end > begin && word[end - 1] === ',') end -= 1;
  if (end > begin) urls.push(word.slice(begin, end));
  return end > begin && end === word.length;
}
