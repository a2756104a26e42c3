import { UsageError } from '../../shared/failure.ts';
import { visibleText } from '../../shared/visible-text.ts';

/** Words that stay unquoted, to be readable: PowerShell and the script that npm starts `shoal` by hand them on as they are. */
const plain = /^(?:\d{1,9}|[1-9]\d*x\d+|[A-Za-z_\\/][\w.\\/:+=-]*|--[A-Za-z][\w=-]*)$/;

/** Text in single quotes, where every character stands for itself but these: all of them end it, unless they are doubled. */
export function quoteForPowerShell(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** What `cmd` makes something of outside of quotes. Where `shoal` is a .cmd file, PowerShell starts it by `cmd`. */
const ofCmd = /[&|<>^()]/;

/** Whether words stay words when `cmd` has read them, to which a double quote is one wherever it stands. */
export function areSafeWords(words: readonly string[]): boolean {
  return !words.some((word) => word.includes('"')) || !words.some((word) => /[&|<>^()%]/.test(word));
}

/**
 * A word for a program. Windows PowerShell 5.1 puts double quotes around words with spaces, but does not care for those that
 * are in the word, for backslashes before its own, or for empty words: these are written as programs read them.
 */
function argumentFor(word: string): string {
  if (plain.test(word)) return word;
  if (word === '') return `'""'`;
  const escaped = word.replace(/(\\*)"/g, '$1$1\\"');
  const ended = escaped.replace(/\\+$/, '$&$&');
  if (/\s/.test(word)) return quoteForPowerShell(ended);
  return quoteForPowerShell(ofCmd.test(word) ? `"${ended}"` : escaped);
}

export function powerShellLine(words: readonly string[]): string {
  if (!areSafeWords(words)) {
    const quoted = words.find((word) => word.includes('"')) ?? '';
    throw new UsageError(`No line for PowerShell can have this, with its quotes: ${visibleText(quoted)}`);
  }
  return words.map(argumentFor).join(' ');
}
