/** Words without a special meaning in any POSIX shell stay unquoted, to be readable. A leading `~` or `=` is quoted. */
const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/**
 * Quotes a word for a POSIX shell (POSIX.1-2024, 2.2.2 Single-Quotes): within single quotes every character stands for
 * itself except the single quote, which is put outside of them.
 */
export function quoteForShell(word: string): string {
  if (plain.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

export function shellLine(words: readonly string[]): string {
  return words.map(quoteForShell).join(' ');
}
