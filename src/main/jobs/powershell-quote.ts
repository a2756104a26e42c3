/** Words that stay unquoted, to be readable: PowerShell and the script that npm starts `shoal` by hand them on as they are. */
const plain = /^(?:\d{1,9}|[1-9]\d*x\d+|[A-Za-z_\\/][\w.\\/:+=-]*|--[A-Za-z][\w=-]*)$/;

/** Text in single quotes, where every character stands for itself but these: all of them end it, unless they are doubled. */
export function quoteForPowerShell(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/**
 * A word for a program. Windows PowerShell 5.1 puts double quotes around words with spaces, but does not care for those that
 * are in the word, for backslashes before its own, or for empty words: these are written as programs read them.
 */
function argumentFor(word: string): string {
  if (plain.test(word)) return word;
  if (word === '') return `'""'`;
  const escaped = word.replace(/(\\*)"/g, '$1$1\\"');
  return quoteForPowerShell(/\s/.test(word) ? escaped.replace(/\\+$/, '$&$&') : escaped);
}

export function powerShellLine(words: readonly string[]): string {
  return words.map(argumentFor).join(' ');
}
