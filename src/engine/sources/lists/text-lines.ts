import type { Readable } from 'node:stream';

/** No URL is this long; a file without line ends must not become one string. In characters. */
const longestLine = 1024 * 1024;

/** The lines of a stream of UTF-8, with their numbers from 1, many at a time. */
export async function* linesOf(stream: Readable): AsyncGenerator<{ first: number; lines: string[] }, void> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let first = 1;
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) {
      throw new Error(
        `line ${first + lines.length} is longer than ${longestLine} characters; this is no list`,
      );
    }
    if (lines.length > 0) yield { first, lines };
    first += lines.length;
  }
  rest += decoder.decode();
  if (rest !== '') yield { first, lines: [rest] };
}
