/** What no POSIX shell gives a meaning to, so that common words stay readable. A leading `~` or `=` is quoted. */
const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/**
 * A word as a POSIX shell reads it back (POSIX.1-2024, 2.2.2 Single-Quotes): within single quotes everything
 * stands for itself but the single quote, which is put outside of them.
 */
export function quoteForShell(word: string): string {
  if (plain.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

export function shellLine(words: readonly string[]): string {
  return words.map(quoteForShell).join(' ');
}
