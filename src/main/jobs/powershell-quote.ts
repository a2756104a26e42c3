/** Words that stay unquoted, to be readable: PowerShell and the script that npm starts `shoal` by hand them on as they are. */
const plain = /^(?:\d{1,9}|[1-9]\d*x\d+|[A-Za-z_\\/][\w.\\/:+=-]*|--[A-Za-z][\w=-]*)$/;

/** Text in single quotes, where every character stands for itself but these: all of them end it, unless they are doubled. */
export function quoteForPowerShell(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** What `cmd` takes for its own outside of double quotes: it reads the line once more where `shoal` is a script for it. */
const readByCmd = /["&|<>^()]/;
/** What Windows PowerShell takes for a space. */
const space = /[\s\u0085]/;

/**
 * A word for a program. Windows PowerShell 5.1 puts double quotes around words with spaces, but does not care for those that
 * are in the word, for backslashes before its own, or for empty words: these are written as programs read them. (PowerShell 7.3
 * does so for scripts of `cmd` alone, and hands the quotes of others on as a part of the word.)
 *
 * A word with what `cmd` would run gets double quotes of its own. One in the word is two then, so that `cmd` stays within
 * quotes up to the end; nothing keeps `%NAME%` from it.
 */
function argumentFor(word: string): string {
  if (plain.test(word)) return word;
  if (isLeftToPowerShell(word)) {
    const escaped = word.replace(/(\\*)"/g, '$1$1\\"');
    return quoteForPowerShell(space.test(word) ? escaped.replace(/\\+$/, '$&$&') : escaped);
  }
  return quoteForPowerShell(`"${word.replace(/(\\*)"/g, '$1$1""').replace(/\\+$/, '$&$&')}"`);
}

function isLeftToPowerShell(word: string): boolean {
  if (word === '') return false;
  // It does not count a double quote behind a backslash, so that it would take a space in our quotes for one outside.
  if (word.includes('\\"') && space.test(word)) return true;
  return !readByCmd.test(word) || (!word.includes('"') && word.includes(' '));
}

export function powerShellLine(words: readonly string[]): string {
  return words.map(argumentFor).join(' ');
}
