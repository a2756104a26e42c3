import type { Chunks } from './list-bytes.ts';
import { ListError } from './list-error.ts';

/** The longest line, in characters: no URL is this long, and a file without line ends must not become one string. */
const maxLineBytes = 1024 * 1024;

/** The lines of a UTF-8 text, numbered from 1, many at a time. */
export async function* linesOf(chunks: Chunks): AsyncGenerator<{ first: number; lines: string[] }, void> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let first = 1;
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield { first, lines };
    first += lines.length;
    if (rest.length > maxLineBytes) {
      throw new ListError(`line ${first} is longer than ${maxLineBytes} characters; this is no list`);
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield { first, lines: [rest] };
}
