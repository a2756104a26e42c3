import type { Chunks } from './list-bytes.ts';
import { ListError } from './list-error.ts';

/** The longest line, in characters: no URL is this long, and a file without line ends must not become one string. */
const maxLineBytes = 1024 * 1024;

/** The lines of a UTF-8 text, numbered from 1, many at a time. They end with LF, CRLF or a lone CR. */
export async function* linesOf(chunks: Chunks): AsyncGenerator<{ first: number; lines: string[] }, void> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let first = 1;
  for await (const chunk of chunks) {
    const { lines, open } = split(rest + decoder.decode(chunk, { stream: true }));
    rest = open;
    if (lines.length > 0) yield { first, lines };
    first += lines.length;
    if (rest.length > maxLineBytes) {
      throw new ListError(`line ${first} is longer than ${maxLineBytes} characters; this is no list`);
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield { first, lines: [rest.replace(/\r$/, '')] };
}

/** The whole lines of a text, and what is left of it. */
function split(text: string): { lines: string[]; open: string } {
  if (!text.includes('\r')) {
    const lines = text.split('\n');
    return { lines, open: lines.pop() ?? '' };
  }
  // Whether a CR at the end is a line end by itself depends on what follows.
  const hold = text.endsWith('\r') ? '\r' : '';
  const lines = text.slice(0, text.length - hold.length).split(/\r\n|\n|\r/);
  return { lines, open: (lines.pop() ?? '') + hold };
}
