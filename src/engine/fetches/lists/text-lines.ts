import type { Chunks } from './list-bytes.ts';
import { ListError } from './list-error.ts';

/** No URL is this long; a file without line ends must not become one string. In characters. */
const maxLineBytes = 1024 * 1024;

/** The lines of a text in UTF-8, with their numbers from 1, many at a time. */
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
